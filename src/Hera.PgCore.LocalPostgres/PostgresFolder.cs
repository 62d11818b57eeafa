using System.Globalization;

namespace Hera.PgCore.LocalPostgres;

/// <summary>The files of one cluster: makes them, looks after their owner and reads who runs on them.</summary>
internal sealed class PostgresFolder
{
    // The kernel's limit for a socket path is 108 bytes with the closing zero.
    private const int LongestSocketPath = 107;

    private readonly string? scratch;

    private PostgresFolder(string data, string socket, string log, string? scratch)
    {
        Data = data;
        Socket = socket;
        Log = log;
        this.scratch = scratch;
    }

    public string Data { get; }

    public string Socket { get; }

    public string Log { get; }

    /// <summary>What is deleted when the server is no longer wanted; empty where the data is to be kept.</summary>
    public string Scratch => scratch ?? "";

    public static async Task<PostgresFolder> PrepareAsync(
        PostgresServerOptions options, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        PostgresFolder folder;
        if (options.DataFolder is null)
        {
            var scratch = Directory.CreateTempSubdirectory("hera-pg-").FullName;
            folder = new PostgresFolder(Path.Combine(scratch, "data"), scratch, Path.Combine(scratch, "postgres.log"), scratch);
            await GiveToServerUserAsync(scratch, cancellationToken);
        }
        else
        {
            var data = Path.GetFullPath(options.DataFolder);
            Directory.CreateDirectory(Path.GetDirectoryName(data)!);
            folder = new PostgresFolder(data, data, Path.Combine(data, "postgres.log"), null);
        }
        if (File.Exists(folder.VersionFile))
            folder.CheckVersion(binaries);
        else
            await folder.CreateClusterAsync(options, binaries, cancellationToken);
        return folder;
    }

    public bool FitsSocket(int port) =>
        Path.Combine(Socket, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{port}.lock")).Length <= LongestSocketPath;

    /// <summary>The server that runs on this folder according to its lock file, if it is alive.</summary>
    public int? RunningServer() => ReadProcessId() is { } id && Posix.IsAlive(id) && IsPostgres(id) ? id : null;

    public int? ReadProcessId()
    {
        try
        {
            return int.TryParse(File.ReadLines(LockFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// After a reboot or in a container the number in a killed server's lock file may belong to another program by now, for which
    /// PostgreSQL would refuse to start. The file stays otherwise: by it PostgreSQL finds children of the killed server.
    /// </summary>
    public void DisownStaleLock()
    {
        if (ReadProcessId() is not { } id || !Posix.IsAlive(id) || IsPostgres(id))
            return;
        var lines = File.ReadAllLines(LockFile);
        lines[0] = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(LockFile, string.Join('\n', lines) + "\n");
    }

    public void Delete()
    {
        if (scratch is not null && Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
    }

    private string VersionFile => Path.Combine(Data, "PG_VERSION");

    private string LockFile => Path.Combine(Data, "postmaster.pid");

    private static bool IsPostgres(int processId)
    {
        if (!Directory.Exists("/proc/self"))
            return true;
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").Trim() is "postgres" or "postmaster";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void CheckVersion(PostgresBinaries binaries)
    {
        var version = File.ReadAllText(VersionFile).Trim();
        if (version != binaries.Major.ToString(CultureInfo.InvariantCulture))
        {
            throw new PostgresServerException(
                $"The folder {Data} holds data of PostgreSQL {version}, but the programs in {binaries.Folder} are version "
                + $"{binaries.Major}: let HERA_PGBIN name the programs of version {version}, or move the folder away to begin anew.");
        }
    }

    private async Task CreateClusterAsync(PostgresServerOptions options, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
            throw new PostgresServerException($"The folder {Data} is neither empty nor a PostgreSQL data folder: name another one.");
        options.Log?.Invoke($"Making a new PostgreSQL {binaries.Major} data folder in {Data}.");

        // Made beside its final place and renamed, so that an interrupted initdb is never taken for a whole cluster.
        var unfinished = Data + ".new";
        var passwordFile = Data + ".pw";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "C";
        List<string> arguments = ["-D", unfinished, "-U", "postgres", "--encoding=UTF8", "--locale=" + locale];
        if (!options.Durable)
            arguments.Add("--no-sync");
        try
        {
            if (options.Port is null)
            {
                arguments.Add("--auth=trust");
            }
            else
            {
                await File.WriteAllTextAsync(passwordFile, "postgres\n", cancellationToken);
                await GiveToServerUserAsync(passwordFile, cancellationToken);
                arguments.AddRange(["--auth=scram-sha-256", "--pwfile=" + passwordFile]);
            }
            await GiveToServerUserAsync(unfinished, cancellationToken);
            await Posix.RunAsync(binaries.Program("initdb"), arguments, Posix.ServerUser, cancellationToken);
        }
        catch (PostgresServerException e) when (Posix.ServerUser is { } user)
        {
            throw new PostgresServerException(
                $"{e.Message}\n(initdb ran as the user {user}, who must be able to reach {Data} and {binaries.Folder}.)", e);
        }
        finally
        {
            File.Delete(passwordFile);
        }
        if (Directory.Exists(Data))
            Directory.Delete(Data);
        Directory.Move(unfinished, Data);
    }

    private static async Task GiveToServerUserAsync(string path, CancellationToken cancellationToken)
    {
        if (Posix.ServerUser is { } user)
            await Posix.RunAsync("chown", ["-R", user, path], user: null, cancellationToken);
    }
}
