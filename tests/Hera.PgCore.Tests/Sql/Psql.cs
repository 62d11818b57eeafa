using System.Diagnostics;
using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>The psql that people use, in a plain session.</summary>
internal static class Psql
{
    /// <summary>Runs a file; answers its rows, each as the texts of its columns.</summary>
    /// <param name="database">Where.</param>
    /// <param name="login">Who; null: the superuser.</param>
    /// <param name="file">Path of the file.</param>
    /// <param name="options">What PGOPTIONS says, such as the encryption key.</param>
    /// <param name="variables">Variables of psql, each as name=value.</param>
    /// <exception cref="InvalidOperationException">psql failed; the message is what it said.</exception>
    public static async Task<string[][]> RunAsync(
        TestDatabase database, string? login, string file, string? options = null, params string[] variables)
    {
        var settings = new NpgsqlConnectionStringBuilder(login is null ? database.ConnectionString : database.ConnectionStringFor(login));
        var start = new ProcessStartInfo(Program()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", file,
            "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, "-d", settings.Database!])
            start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = settings.Password ?? "";
        start.Environment.Remove("PGOPTIONS");
        if (options is not null)
            start.Environment["PGOPTIONS"] = options;
        foreach (var variable in variables)
        {
            start.ArgumentList.Add("-v");
            start.ArgumentList.Add(variable);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))]
            : throw new InvalidOperationException(await errors);
    }

    private static string Program()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).ToList();
        try
        {
            folders.Insert(0, PostgresBinaries.Find().Folder);
        }
        catch (PostgresServerException)
        {
            // No server here; psql may be all the same.
        }
        return folders.Select(f => Path.Combine(f, "psql")).FirstOrDefault(File.Exists)
            ?? throw new IgnoreException("There is no psql: install postgresql-client.");
    }
}
