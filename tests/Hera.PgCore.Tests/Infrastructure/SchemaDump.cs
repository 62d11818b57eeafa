using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>pg_dump of a schema as text that two equal schemas share.</summary>
public static partial class SchemaDump
{
    /// <summary>Dumps a database; the test is ignored where there is no pg_dump of the server's version.</summary>
    /// <param name="connectionString">A superuser's.</param>
    public static async Task<string> TakeAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var (version, partitions) = await ReadAsync(connectionString);
        var start = new ProcessStartInfo(await FindProgramAsync(version))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
            ["--schema-only", "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, settings.Database!];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Partitions are named by date.
        foreach (var partition in partitions)
            start.ArgumentList.Add($"--exclude-table={partition}");
        start.Environment["PGPASSWORD"] = settings.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return BlankLines().Replace(Noise().Replace(text, ""), "\n").Trim() + "\n";
    }

    /// <summary>The major version of a server.</summary>
    public static async Task<int> MajorVersionAsync(string connectionString) => (await ReadAsync(connectionString)).Major;

    private static async Task<(int Major, string[] Partitions)> ReadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select coalesce(array_agg(oid::regclass::text), '{}') from pg_class where relispartition and relkind = 'r'", connection);
        return (connection.PostgreSqlVersion.Major, (string[])(await command.ExecuteScalarAsync())!);
    }

    /// <summary>The pg_dump of a version; the test is ignored where there is none.</summary>
    internal static async Task<string> FindProgramAsync(int version)
    {
        var folders = new[] { Environment.GetEnvironmentVariable("HERA_PGBIN") ?? "", $"/usr/lib/postgresql/{version}/bin" }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        foreach (var program in folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, "pg_dump")).Where(File.Exists))
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
            if ((await process.StandardOutput.ReadToEndAsync()).Contains($" {version}.", StringComparison.Ordinal))
                return program;
        }
        throw new IgnoreException($"There is no pg_dump of PostgreSQL {version}: install postgresql-client-{version}.");
    }

    // Comments, the session's own settings, and the random word that newer versions write.
    [GeneratedRegex(@"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)$\n?", RegexOptions.Multiline)]
    private static partial Regex Noise();

    [GeneratedRegex(@"\n\s*\n+")]
    private static partial Regex BlankLines();
}
