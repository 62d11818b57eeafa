using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Migrations;
using Hera.PgCore.Rpc;
using Npgsql;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>What all goals share: the server, a migrated template database, and the receiver.</summary>
internal sealed class BenchStage : IAsyncDisposable
{
    // Durable as a production server; the host's pool and the one it is compared with are open side by side.
    private static readonly PostgresServerOptions PrivateServer = new()
    {
        Durable = true,
        Settings = new Dictionary<string, string> { ["max_connections"] = "200" },
    };

    private readonly NpgsqlConnectionStringBuilder _admin;
    private readonly PostgresServer? _private;
    private readonly string _template = $"hera_bench_template_{Environment.ProcessId}";
    private int _databases;

    private BenchStage(BenchmarkOptions options, NpgsqlConnectionStringBuilder admin, PostgresServer? own, Receiver receiver)
    {
        Options = options;
        _admin = admin;
        _private = own;
        Receiver = receiver;
    }

    public BenchmarkOptions Options { get; }

    public Receiver Receiver { get; }

    public string ServerVersion { get; private set; } = "";

    /// <summary>Uses the server of DATABASE_URL, or starts one of its own.</summary>
    public static async Task<BenchStage> StartAsync(BenchmarkOptions options)
    {
        var url = Environment.GetEnvironmentVariable("DATABASE_URL");
        var own = string.IsNullOrEmpty(url) ? await PostgresServer.StartAsync(PrivateServer) : null;
        var admin = own is null ? DatabaseUrl.Parse(url!) : new NpgsqlConnectionStringBuilder(own.ConnectionString());
        var stage = new BenchStage(options, admin, own, await Receiver.StartAsync());
        try
        {
            await stage.PrepareAsync();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Processor seconds used so far by this program, the receiver and the private server; the last is zero with DATABASE_URL.</summary>
    public CostMeter ReadCost() => new(
        ProcessorTime.OfSelf(), ProcessorTime.OfTree(Receiver.ProcessId), _private?.ProcessId is { } id ? ProcessorTime.OfTree(id) : 0);

    /// <summary>A migrated database with nothing in it.</summary>
    public async Task<BenchDatabase> CreateDatabaseAsync()
    {
        var name = $"hera_bench_{Environment.ProcessId}_{++_databases}";
        await ExecuteAsync($"create database {name} template {_template}");
        // A copy has the template's rows, not its settings.
        await ExecuteAsync($"alter database {name} set jit = off");
        return new BenchDatabase(Connection(name), () => ExecuteAsync($"drop database if exists {name} with (force)"));
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (_private is not null)
            await _private.DisposeAsync();
        else
            await ExecuteAsync($"drop database if exists {_template} with (force)");
    }

    private async Task PrepareAsync()
    {
        await ExecuteAsync($"create database {_template}");
        var template = new NpgsqlConnectionStringBuilder(Connection(_template).ConnectionString) { Pooling = false };
        new Deployment(template.ConnectionString).Up();
        await using var database = new BenchDatabase(Connection("postgres"), () => Task.CompletedTask);
        ServerVersion = await database.ScalarAsync<string>("select current_setting('server_version')");
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            if (await database.ScalarAsync<string>($"select current_setting('{setting}')") != "on")
                throw new ArgumentException($"The server has {setting} off: its figures would mean nothing.");
        }
    }

    private NpgsqlConnectionStringBuilder Connection(string database) => new(_admin.ConnectionString) { Database = database };

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_admin.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
