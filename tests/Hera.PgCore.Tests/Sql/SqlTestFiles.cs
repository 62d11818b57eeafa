using System.Runtime.CompilerServices;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>The files of tests/sql, and databases that they run in.</summary>
internal static class SqlTestFiles
{
    /// <summary>The key that tests seal secrets with.</summary>
    public const string EncryptionKey = "a2V5IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=";

    /// <summary>Startup options of a session that can seal and open secrets.</summary>
    public const string WithKey = $"-c hera.encryption_key={EncryptionKey}";

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "sql"));

    /// <summary>Test cases named by the path below tests/sql: every behaviour, but neither the helpers nor the guide's statements.</summary>
    public static IEnumerable<TestCaseData> Behaviours() =>
        from path in Paths("")
        where !path.StartsWith('_') && !path.StartsWith("guide/", StringComparison.Ordinal)
        select new TestCaseData(path).SetName($"sql: {path}");

    /// <summary>Paths below tests/sql, in order, of the files in a folder and its folders.</summary>
    public static IEnumerable<string> Paths(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.sql", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        orderby path
        select path;

    public static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(Path.Combine(Root, path));

    public static string FullPath(string path) => Path.Combine(Root, path);

    /// <summary>Installs the schema hera_test: the helpers of the SQL tests.</summary>
    public static async Task InstallHelpersAsync(TestDatabase database)
    {
        foreach (var path in Paths("_helpers"))
            await database.ExecuteAsync(await ReadAsync(path));
    }

    /// <summary>An open session of a login (null: the superuser) that can seal and open secrets.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(TestDatabase database, string? login = null, string options = "")
    {
        var settings = new NpgsqlConnectionStringBuilder(login is null ? database.ConnectionString : database.ConnectionStringFor(login))
        {
            Options = $"{WithKey} {options}".Trim(),
            IncludeErrorDetail = true,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
