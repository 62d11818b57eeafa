using Hera.PgCore.Rpc;
using Npgsql;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>One migrated database and the sessions that a host would hold to it.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    /// <summary>Secrets are sealed with it; a benchmark's database holds none that matter.</summary>
    public static readonly string EncryptionKey = Convert.ToBase64String(new byte[32]);

    private readonly Func<Task> _drop;
    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly HeraDatabase _worker;

    public BenchDatabase(NpgsqlConnectionStringBuilder connection, Func<Task> drop)
    {
        _connection = connection;
        _drop = drop;
        _worker = new HeraDatabase(HeraDatabaseOptions.ForWorker(connection, EncryptionKey));
        Admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { CommandTimeout = 600 });
        Api = Source("hera_api");
        Outbox = new OutboxRpc(_worker);
    }

    public string ConnectionString => _connection.ConnectionString;

    /// <summary>The login of the benchmark, a superuser.</summary>
    public NpgsqlDataSource Admin { get; }

    /// <summary>Sessions as the host's API holds them: role hera_api, prepared statements.</summary>
    public NpgsqlDataSource Api { get; }

    /// <summary>The worker's calls, over sessions as the host's worker holds them.</summary>
    public OutboxRpc Outbox { get; }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Admin.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await Api.DisposeAsync();
        await Admin.DisposeAsync();
        await _drop();
    }

    private NpgsqlDataSource Source(string role) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connection.ConnectionString)
    {
        Options = $"-c role={role} -c hera.encryption_key={EncryptionKey}",
        NoResetOnClose = true,
        MaxPoolSize = 50,
        MaxAutoPrepare = 50,
        AutoPrepareMinUsages = 2,
    });
}
