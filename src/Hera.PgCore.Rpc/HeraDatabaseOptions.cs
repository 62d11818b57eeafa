using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>How one pool reaches the database and which session settings its calls run under.</summary>
public sealed record HeraDatabaseOptions
{
    /// <summary>Server, login and database.</summary>
    public required NpgsqlConnectionStringBuilder Connection { get; init; }

    /// <summary>The role that calls run as, where the login is another one that may become it.</summary>
    public required string Role { get; init; }

    /// <summary>Base64 keys, newest first, comma-separated; null where no secrets are stored or read.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary>Longest time of one statement.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for one lock; null leaves it to the statement's time.</summary>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary>Largest number of connections at once.</summary>
    public int MaxConnections { get; init; } = 50;

    /// <summary>Bytes of the read buffer of a connection; a claim that needs many rounds of reading costs more than its rows.</summary>
    public int ReadBuffer { get; init; } = 16 * 1024;

    /// <summary>Settings for the callers' API: short time-outs under hera_api.</summary>
    public static HeraDatabaseOptions ForApi(NpgsqlConnectionStringBuilder connection, string? encryptionKey) => new()
    {
        Connection = connection,
        Role = "hera_api",
        EncryptionKey = encryptionKey,
        LockTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Settings for the delivery worker: a few connections under hera_worker, patient statements.</summary>
    public static HeraDatabaseOptions ForWorker(NpgsqlConnectionStringBuilder connection, string? encryptionKey) => new()
    {
        Connection = connection,
        Role = "hera_worker",
        EncryptionKey = encryptionKey,
        StatementTimeout = TimeSpan.FromSeconds(60),
        MaxConnections = 8,
        ReadBuffer = 256 * 1024,
    };
}
