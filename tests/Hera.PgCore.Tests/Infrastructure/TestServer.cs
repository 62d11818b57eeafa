using DotNet.Testcontainers.Builders;
using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Migrations;
using Hera.PgCore.Rpc;
using Npgsql;
using NUnit.Framework;
using Testcontainers.PostgreSql;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>
/// The one server of a test run, started when a test first asks for it: HERA_TEST_DATABASE_URL (a superuser's), else a container,
/// else local binaries, else the test fails with the sentence that says what to install.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private static readonly Lazy<Task<TestServer>> Instance = new(StartAsync);

    private readonly IAsyncDisposable? owned;
    private readonly Lazy<Task<string>> template;

    private TestServer(string connectionString, PostgresServer? local, IAsyncDisposable? owned)
    {
        AdminConnectionString = connectionString;
        Local = local;
        this.owned = owned;
        template = new Lazy<Task<string>>(CreateTemplateAsync);
    }

    /// <summary>Connection string of a superuser to the maintenance database.</summary>
    public string AdminConnectionString { get; }

    /// <summary>The server where it runs on local binaries, for tests of the server log and of faults; else null.</summary>
    public PostgresServer? Local { get; }

    public static Task<TestServer> GetAsync() => Instance.Value;

    /// <summary>Ends the server of this run if there is one.</summary>
    internal static async Task StopAsync()
    {
        if (Instance.IsValueCreated && Instance.Value.IsCompletedSuccessfully)
            await (await Instance.Value).DisposeAsync();
    }

    /// <summary>A server of the test's own on local binaries, for tests that kill it or need a cluster without our roles.</summary>
    public static async Task<PostgresServer> StartPrivateAsync(PostgresServerOptions? options = null)
    {
        try
        {
            return await PostgresServer.StartAsync((options ?? PostgresServerOptions.Test) with { Binaries = PostgresBinaries.Find() });
        }
        catch (PostgresServerException e) when (Environment.GetEnvironmentVariable("HERA_TEST_DATABASE_URL") is not null)
        {
            throw new IgnoreException($"This test needs a server of its own. {e.Message}");
        }
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(AdminConnectionString) { Database = database, Pooling = false }.ConnectionString;

    /// <summary>The name of the database that has all of sql/ and that others are cloned from.</summary>
    public Task<string> TemplateAsync() => template.Value;

    public async Task ExecuteAsync(string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(AdminConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (template.IsValueCreated && Local is null)
            await ExecuteAsync($"drop database if exists {await template.Value} with (force)");
        if (owned is not null)
            await owned.DisposeAsync();
    }

    private static async Task<TestServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("HERA_TEST_DATABASE_URL") is { Length: > 0 } url)
            return new TestServer(DatabaseUrl.Parse(url).ConnectionString, null, null);
        try
        {
            var container = new PostgreSqlBuilder("postgres:17").WithUsername("postgres").WithCommand("-c", "max_connections=300").Build();
            await container.StartAsync();
            return new TestServer(container.GetConnectionString(), null, container);
        }
        catch (DockerUnavailableException)
        {
            var local = await PostgresServer.StartAsync(
                PostgresServerOptions.Test with { Settings = new Dictionary<string, string> { ["max_connections"] = "300" } });
            return new TestServer(local.ConnectionString(), local, local);
        }
    }

    private async Task<string> CreateTemplateAsync()
    {
        var name = $"hera_template_{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name}");
        new Deployment(ConnectionString(name)).Up();
        return name;
    }
}
