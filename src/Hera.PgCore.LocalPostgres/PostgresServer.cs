using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Hera.PgCore.LocalPostgres;

/// <summary>A PostgreSQL server of our own. It ends with this process, however this process ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int SocketPort = 5432;

    // The read ends when our end of the pipe closes, even after kill -9; the server then stops too. Its folder goes only if it is
    // a temporary one.
    private const string Guard = """
        log=$1 scratch=$2
        shift 2
        exec 3<&0
        trap : INT TERM HUP
        "$@" </dev/null >>"$log" 2>&1 3<&- &
        server=$!
        ( read -r _ <&3; kill -INT $server ) >/dev/null 2>&1 &
        guard=$!
        exec 3<&-
        while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
        kill $guard 2>/dev/null
        if wait $guard 2>/dev/null && [ -n "$scratch" ]; then rm -rf -- "$scratch"; fi
        exit $code
        """;

    private readonly PostgresServerOptions options;
    private readonly PostgresBinaries binaries;
    private readonly PostgresFolder folder;
    private Process? process;

    private PostgresServer(PostgresServerOptions options, PostgresBinaries binaries, PostgresFolder folder)
    {
        this.options = options;
        this.binaries = binaries;
        this.folder = folder;
    }

    /// <summary>The TCP port on 127.0.0.1, or null where the server has only its socket.</summary>
    public int? Port { get; private set; }

    /// <summary>The folder of the unix socket.</summary>
    public string SocketFolder => folder.Socket;

    /// <summary>The folder of the data.</summary>
    public string DataFolder => folder.Data;

    /// <summary>The file of the server log, which begins anew with each <see cref="StartAsync"/>.</summary>
    public string LogFile => folder.Log;

    /// <summary>The binaries the server runs with.</summary>
    public PostgresBinaries Binaries => binaries;

    /// <summary>The process id of the server, or null when it does not run.</summary>
    public int? ProcessId => folder.RunningServer();

    /// <summary>Makes the folder where it is new, starts the server and waits until it answers.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is left running.</param>
    /// <exception cref="PostgresServerException">It could not be started; the message says why and what to do.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var binaries = options.Binaries ?? PostgresBinaries.Find();
        var folder = await PostgresFolder.PrepareAsync(options, binaries, cancellationToken);
        var server = new PostgresServer(options, binaries, folder);
        try
        {
            await server.WaitForPreviousAsync(cancellationToken);
            File.Delete(folder.Log);
            server.ChoosePort();
            await server.LaunchAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string for the login <c>postgres</c>: over TCP where there is a port, else over the socket.</summary>
    /// <param name="database">The database.</param>
    public string ConnectionString(string database = "postgres") => Builder(database).ConnectionString;

    /// <summary>The same as a URL, for psql and for people.</summary>
    /// <param name="database">The database.</param>
    public string Url(string database = "postgres") =>
        Port is { } port
            ? string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres:postgres@127.0.0.1:{port}/{database}")
            : $"postgresql://postgres@{Uri.EscapeDataString(SocketFolder)}/{database}";

    /// <summary>Changes a setting of the running server (<c>alter system</c> and reload), for all sessions within moments.</summary>
    /// <param name="name">The setting, for example <c>log_statement</c>.</param>
    /// <param name="value">Its value.</param>
    public async Task SetAsync(string name, string value)
    {
        await using var connection = new NpgsqlConnection(Builder("postgres", pooling: false).ConnectionString);
        await connection.OpenAsync();
        var literal = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        await using var alter = new NpgsqlCommand($"alter system set {name} = {literal}", connection);
        await alter.ExecuteNonQueryAsync();
        await using var reload = new NpgsqlCommand("select pg_reload_conf()", connection);
        await reload.ExecuteNonQueryAsync();
    }

    /// <summary>What the server has logged since <see cref="StartAsync"/>.</summary>
    public async Task<string> ReadLogAsync()
    {
        await using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>
    /// Kills the server as <c>kill -9</c> does, without any shutdown; <see cref="RestartAsync"/> brings it back through crash recovery.
    /// </summary>
    public async Task KillAsync()
    {
        if (ProcessId is { } id)
            Posix.Signal(id, Posix.SigKill);
        await WaitForExitAsync(TimeSpan.FromSeconds(10));
        await WaitForPreviousAsync(CancellationToken.None);
    }

    /// <summary>
    /// Stops the server (fast: open transactions are rolled back) and waits for its end; immediately where that takes too long.
    /// </summary>
    public async Task StopAsync()
    {
        foreach (var (signal, patience) in new[] { (Posix.SigInt, 20), (Posix.SigQuit, 5), (Posix.SigKill, 5) })
        {
            if (process is null or { HasExited: true })
                return;
            if (folder.ReadProcessId() is { } id)
                Posix.Signal(id, signal);
            if (await WaitForExitAsync(TimeSpan.FromSeconds(patience)))
                return;
        }
    }

    /// <summary>Stops the server if it runs and starts it again on the same folder, port and settings.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await LaunchAsync(cancellationToken);
    }

    /// <summary>Stops the server and deletes a temporary folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process?.Dispose();
        process = null;
        folder.Delete();
    }

    /// <summary>Closes our end of the guard's pipe, as the kernel does when this process is killed.</summary>
    internal void Abandon() => process?.StandardInput.Close();

    private NpgsqlConnectionStringBuilder Builder(string database, bool pooling = true)
    {
        var builder = new NpgsqlConnectionStringBuilder { Username = "postgres", Database = database };
        if (!pooling)
            builder.Pooling = false;
        if (Port is { } port)
            (builder.Host, builder.Port, builder.Password) = ("127.0.0.1", port, "postgres");
        else
            (builder.Host, builder.Port) = (SocketFolder, SocketPort);
        return builder;
    }

    // A killed parent's server needs a moment to shut down, and a killed server's children to notice.
    private async Task WaitForPreviousAsync(CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); folder.RunningServer() is { } id; await Task.Delay(50, cancellationToken))
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(5))
            {
                throw new PostgresServerException(
                    $"Another server already runs on the folder {DataFolder} (process {id}): stop the program that started it, "
                    + "or set DATABASE_URL to use it.");
            }
        }
        folder.DisownStaleLock();
    }

    private void ChoosePort()
    {
        if (options.Port is not { } wanted)
            return;
        Port = TryListen(wanted) ?? TryListen(0)
            ?? throw new PostgresServerException("No TCP port is free on 127.0.0.1.");
        if (Port != wanted)
            options.Log?.Invoke($"Port {wanted} is taken; the server listens on 127.0.0.1:{Port} instead: {Url()}");
    }

    private static int? TryListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            process?.Dispose();
            process = StartGuarded();
            if (await WaitUntilReadyAsync(clock, cancellationToken))
                return;
            var log = File.Exists(LogFile) ? await ReadLogAsync() : "";
            // Children of a killed server hold its shared memory until they notice that it is gone.
            if (!log.Contains("pre-existing shared memory block", StringComparison.Ordinal) || clock.Elapsed > TimeSpan.FromSeconds(10))
                throw new PostgresServerException($"PostgreSQL in {DataFolder} did not start: {Posix.LastLines(log)}");
            await Task.Delay(200, cancellationToken);
        }
    }

    private Process StartGuarded()
    {
        // A session of its own: Ctrl-C in a terminal reaches us first, and we stop the server when we are done with it.
        var start = File.Exists("/usr/bin/setsid")
            ? new ProcessStartInfo("/usr/bin/setsid", ["sh", "-c", Guard, "hera-postgres"])
            : new ProcessStartInfo("sh", ["-c", Guard, "hera-postgres"]);
        start.ArgumentList.Add(folder.Log);
        start.ArgumentList.Add(folder.Scratch);
        start.ArgumentList.Add(binaries.Program("postgres"));
        start.ArgumentList.Add("-D");
        start.ArgumentList.Add(folder.Data);
        foreach (var (name, value) in ServerSettings())
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"{name}={value}");
        }
        start.RedirectStandardInput = true;
        start.WorkingDirectory = "/";
        if (Posix.ServerUser is { } user)
            start.UserName = user;
        return Process.Start(start) ?? throw new PostgresServerException("The server's process did not start.");
    }

    private Dictionary<string, string> ServerSettings()
    {
        var port = Port ?? SocketPort;
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = Port is null ? "" : "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = folder.FitsSocket(port) ? folder.Socket : "",
            ["logging_collector"] = "off",
            ["log_destination"] = "stderr",
        };
        if (!options.Durable)
            settings["fsync"] = settings["full_page_writes"] = "off";
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return settings;
    }

    /// <summary>True when the server answers, false when it ended; a server that is still recovering is waited for.</summary>
    private async Task<bool> WaitUntilReadyAsync(Stopwatch clock, CancellationToken cancellationToken)
    {
        var probe = Builder("postgres", pooling: false);
        probe.Timeout = 5;
        while (true)
        {
            if (process!.HasExited)
                return false;
            try
            {
                await using var connection = new NpgsqlConnection(probe.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException e) when (clock.Elapsed < options.StartTimeout && IsNotReadyYet(e))
            {
                await Task.Delay(20, cancellationToken);
            }
            catch (NpgsqlException e)
            {
                throw new PostgresServerException($"PostgreSQL in {DataFolder} started but cannot be used: {e.Message}", e);
            }
        }
    }

    private static bool IsNotReadyYet(NpgsqlException e) => e is not PostgresException || e.SqlState == PostgresErrorCodes.CannotConnectNow;

    private async Task<bool> WaitForExitAsync(TimeSpan patience)
    {
        if (process is null)
            return true;
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
