using System.Globalization;
using System.Text.RegularExpressions;

namespace Hera.PgCore.LocalPostgres;

/// <summary>A folder with the programs of one PostgreSQL version (<c>initdb</c>, <c>postgres</c>).</summary>
/// <param name="Folder">The folder that holds the programs.</param>
/// <param name="Major">The major version, for example 15.</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>Path of a program of this version, for example <c>pg_dump</c>; it may be absent from a minimal distribution.</summary>
    public string Program(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Finds the binaries: <c>HERA_PGBIN</c> (which then decides alone), <c>PATH</c>, <c>/usr/lib/postgresql/*/bin</c> newest first.
    /// </summary>
    /// <exception cref="PostgresServerException">There are none; the message says what to install.</exception>
    public static PostgresBinaries Find() => Find(Environment.GetEnvironmentVariable);

    internal static PostgresBinaries Find(Func<string, string?> environment)
    {
        var named = environment("HERA_PGBIN");
        if (!string.IsNullOrWhiteSpace(named))
        {
            return Layouts(named.Trim()).Select(TryRead).FirstOrDefault(b => b is not null)
                ?? throw new PostgresServerException(
                    $"HERA_PGBIN is '{named}', but there is no initdb and postgres in it nor in its bin folder: "
                    + "let it name PostgreSQL's bin folder.");
        }
        var path = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(DebianFolders()).Select(TryRead).FirstOrDefault(b => b is not null)
            ?? throw new PostgresServerException(
                "PostgreSQL was not found: install it (Debian and Ubuntu: apt-get install postgresql), or set HERA_PGBIN to the folder "
                + "of its programs, or DATABASE_URL to a server that runs already.");
    }

    /// <summary>As <see cref="Find()"/>; where nothing is found on Debian or Ubuntu as root, installs the distribution's package.</summary>
    /// <param name="log">Told what is done, a line at a time.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    public static async Task<PostgresBinaries> FindOrInstallAsync(Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return Find();
        }
        catch (PostgresServerException) when (
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get")
            && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("HERA_PGBIN")))
        {
            log?.Invoke("PostgreSQL was not found; installing it with apt-get install postgresql.");
        }
        // Without this file the package makes and starts a cluster of its own on port 5432.
        const string clusterSettings = "/etc/postgresql-common/createcluster.conf";
        if (!File.Exists(clusterSettings))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(clusterSettings)!);
            await File.WriteAllTextAsync(clusterSettings, "create_main_cluster = false\n", cancellationToken);
        }
        await Posix.RunAsync("apt-get", ["-qq", "update"], user: null, cancellationToken);
        await Posix.RunAsync(
            "env",
            [
                "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y", "--no-install-recommends",
                "-o", "Dpkg::Options::=--force-confold", "postgresql",
            ],
            user: null,
            cancellationToken);
        return Find();
    }

    // Packages of npm and similar archives keep the programs one or two levels down.
    private static IEnumerable<string> Layouts(string folder) =>
        [folder, Path.Combine(folder, "bin"), Path.Combine(folder, "native", "bin")];

    private static IEnumerable<string> DebianFolders() =>
        Directory.Exists(DebianRoot)
            ? Directory.EnumerateDirectories(DebianRoot)
                .OrderByDescending(d => decimal.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(d => Path.Combine(d, "bin"))
            : [];

    private static PostgresBinaries? TryRead(string folder)
    {
        var server = Path.Combine(folder, "postgres");
        if (!File.Exists(server) || !File.Exists(Path.Combine(folder, "initdb")))
            return null;
        var answer = Posix.RunAsync(server, ["--version"], user: null, CancellationToken.None).GetAwaiter().GetResult();
        var match = Version().Match(answer);
        return match.Success ? new PostgresBinaries(folder, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
