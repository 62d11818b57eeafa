using System.Diagnostics;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>
/// The real PgBouncer in transaction mode before the test server, on a unix socket, with fewer server sessions than its
/// clients have connections. It ends with this process, however this process ends.
/// </summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    // The read ends when our end of the pipe closes, even after kill -9. Only KILL means the same to every version.
    private const string Guard = """
        "$1" -q "$2" </dev/null &
        read -r _
        kill -KILL $!
        wait
        """;

    private readonly string _folder;
    private readonly string _program;
    private Process? _process;

    private PgBouncer(string folder, string program)
    {
        _folder = folder;
        _program = program;
    }

    /// <summary>Starts it for logins that <see cref="TestLogin"/> has made.</summary>
    /// <param name="poolSize">Server sessions of one login and database.</param>
    /// <param name="dropsOptions">Whether it ignores the startup parameter <c>options</c>; otherwise it refuses it.</param>
    /// <param name="logins">Who may connect.</param>
    public static async Task<PgBouncer> StartAsync(int poolSize, bool dropsOptions, params TestLogin[] logins)
    {
        var program = new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer" }.FirstOrDefault(File.Exists);
        if (program is null)
            Assert.Ignore("This test needs PgBouncer: apt-get install pgbouncer");
        var server = new NpgsqlConnectionStringBuilder((await TestServer.GetAsync()).AdminConnectionString);
        var folder = Directory.CreateTempSubdirectory("hera-pgbouncer-").FullName;
        await File.WriteAllLinesAsync(Path.Combine(folder, "users.txt"), logins.Select(login => $"\"{login.Name}\" \"{TestLogin.Password}\""));
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr =
            listen_port = 6432
            unix_socket_dir = {folder}
            auth_type = scram-sha-256
            auth_file = {folder}/users.txt
            pool_mode = transaction
            default_pool_size = {poolSize}
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits{(dropsOptions ? ",options" : "")}
            logfile = {folder}/pgbouncer.log
            """);
        var pooler = new PgBouncer(folder, program!);
        if (User is { } user)
            await Process.Start("chown", ["-R", user, folder]).WaitForExitAsync();
        await pooler.StartAsync();
        return pooler;
    }

    /// <summary>A connection string of the login to a database through the pooler.</summary>
    public NpgsqlConnectionStringBuilder Connection(TestDatabase database, TestLogin login) => new()
    {
        Host = _folder,
        Port = 6432,
        Username = login.Name,
        Password = TestLogin.Password,
        Database = database.Name,
    };

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("sh", ["-c", Guard, "sh", _program, Path.Combine(_folder, "pgbouncer.ini")])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        if (User is { } user)
            start.UserName = user;
        _process = Process.Start(start)!;
        for (var waited = 0; !File.Exists(Path.Combine(_folder, ".s.PGSQL.6432")); waited++)
        {
            if (_process.HasExited || waited == 100)
                throw new InvalidOperationException("PgBouncer did not start: " + await File.ReadAllTextAsync(Path.Combine(_folder, "pgbouncer.log")));
            await Task.Delay(50);
        }
    }

    /// <summary>Ends it at once, with whatever is under way.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
        File.Delete(Path.Combine(_folder, ".s.PGSQL.6432"));
        File.Delete(Path.Combine(_folder, ".s.PGSQL.6432.lock"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>PgBouncer refuses to run as root, as PostgreSQL does.</summary>
    private static string? User => Environment.IsPrivilegedProcess ? "postgres" : null;
}
