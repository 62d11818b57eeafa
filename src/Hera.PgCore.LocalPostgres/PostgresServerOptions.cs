namespace Hera.PgCore.LocalPostgres;

/// <summary>How a private server is made and started.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>Folder of the cluster, made where absent and kept on dispose. Null: a temporary one, deleted on dispose.</summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// TCP port on 127.0.0.1; a taken one is replaced by a free one. Null: no TCP at all, the server is reached through its unix socket.
    /// With a port the login <c>postgres</c> needs its password; without one whoever may open the socket is trusted.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>Whether commits survive a power cut (<c>fsync</c>). Tests that only look at state run faster without.</summary>
    public bool Durable { get; init; }

    /// <summary>
    /// Server settings by name, for example <c>max_connections</c>. They are given on the command line, so no <c>alter system</c>
    /// changes them: what a test means to change later stays out of here (see <see cref="PostgresServer.SetAsync"/>).
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The binaries to use; null: those that <see cref="PostgresBinaries.Find()"/> finds.</summary>
    public PostgresBinaries? Binaries { get; init; }

    /// <summary>How long a start may take, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Told what a person should know, a line at a time: a new folder, a replaced port.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>A throw-away server for tests: unix socket only, not durable.</summary>
    public static PostgresServerOptions Test { get; } = new();

    /// <summary>The development server: 127.0.0.1:54322, durable, user, password and database <c>postgres</c>.</summary>
    /// <param name="dataFolder">Where its data lives.</param>
    public static PostgresServerOptions Development(string dataFolder) => new() { DataFolder = dataFolder, Port = 54322, Durable = true };
}
