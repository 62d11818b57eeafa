using System.Security.Cryptography;
using Hera.PgCore.Host.Options;

namespace Hera.PgCore.Host.Development;

/// <summary>Where a development server keeps its database and the secrets that belong to it; never inside the sources.</summary>
internal sealed class DataFolder
{
    private readonly string _root;

    public DataFolder(EnvironmentReader environment)
    {
        _root = environment.Text("HERA_DATA_DIR") ?? Path.Combine(Base(environment), "hera-pgcore");
        Directory.CreateDirectory(_root);
    }

    public string Database => Path.Combine(_root, "postgres");

    /// <summary>A secret that is made once and kept in a file that only its owner can read.</summary>
    public string Secret(string name, Func<byte[], string> format)
    {
        var path = Path.Combine(_root, name);
        if (File.Exists(path))
            return File.ReadAllText(path).Trim();
        var secret = format(RandomNumberGenerator.GetBytes(32));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(secret);
        return secret;
    }

    private static string Base(EnvironmentReader environment)
    {
        if (environment.Text("XDG_DATA_HOME") is { } folder)
            return folder;
        // PostgreSQL does not run as root, and the user it runs as cannot enter root's home.
        return Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? "/var/lib"
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
    }
}
