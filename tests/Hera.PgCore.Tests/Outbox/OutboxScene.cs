using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cronos;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>A database with one tenant, and pipelines that deliver its events, without the web around them.</summary>
internal sealed class OutboxScene : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly HeraDatabase _api;

    private OutboxScene(TestDatabase database, Tenant tenant)
    {
        Database = database;
        Tenant = tenant;
        _api = new HeraDatabase(HeraDatabaseOptions.ForApi(new NpgsqlConnectionStringBuilder(database.ConnectionString), TestHost.EncryptionKey));
    }

    public TestDatabase Database { get; }

    public Tenant Tenant { get; }

    public static async Task<OutboxScene> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""select hera_platform_settings_v1('{"allow_http": true, "allowed_networks": ["127.0.0.0/8"]}')""");
        return new OutboxScene(database, await Tenant.CreateAsync(database));
    }

    /// <summary>Calls a function as the platform's system actor.</summary>
    public async Task<JsonNode> CallAsync(string function, string parameter, object value, string? operation = null)
    {
        List<RpcArgument> arguments =
        [
            RpcArgument.Uuid("p_actor_user_id", new Guid(Tenant.SystemActor)),
            RpcArgument.Uuid("p_organization_id", Tenant.Organization),
            RpcArgument.Json(parameter, JsonSerializer.SerializeToUtf8Bytes(value)),
        ];
        if (operation is not null)
            arguments.Add(RpcArgument.Text("p_operation", operation));
        return JsonNode.Parse(await _api.CallAsync(function, arguments))!;
    }

    public async Task<Guid> AddWebhookAsync(string url, int timeoutMs = 30_000, object? retryPolicy = null, string ordering = "none")
    {
        var config = new Dictionary<string, object> { ["url"] = url, ["timeout_ms"] = timeoutMs, ["ordering"] = ordering };
        if (retryPolicy is not null)
            config["retry_policy"] = retryPolicy;
        var answer = await CallAsync("hera_webhook_config_v1", "p_webhook_config", config, "CREATE");
        return answer["webhook"]!["id"]!.GetValue<Guid>();
    }

    public async Task PublishAsync(int count)
    {
        for (var first = 0; first < count; first += 1000)
        {
            var events = Enumerable.Range(first, Math.Min(1000, count - first)).Select(number => new { event_source = "shop", event_type = "order", event_data = new { number } });
            var answer = await CallAsync("hera_integration_event_batch_v1", "p_events", events);
            if (answer["failed"]!.GetValue<int>() != 0)
                throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    /// <summary>A pipeline with a worker's sessions of its own, as another host would have.</summary>
    public async Task<OutboxPipeline> CreatePipelineAsync(PipelineOptions? options = null, string schedule = "* * * * * *")
    {
        var worker = new HeraDatabase(HeraDatabaseOptions.ForWorker(new NpgsqlConnectionStringBuilder(Database.ConnectionString), TestHost.EncryptionKey));
        _owned.Add(worker);
        var outbox = new OutboxRpc(worker);
        var connector = GuardedConnector.WithSystemResolver();
        connector.Policy = AddressPolicy.Parse(await outbox.SettingsAsync());
        return new OutboxPipeline(
            outbox, new Sender(connector, NullLogger.Instance), options ?? new PipelineOptions(), CronExpression.Parse(schedule, CronFormat.IncludeSeconds), NullLogger.Instance);
    }

    public Task<int> CountAsync(string from) => Database.ScalarAsync<int>($"select count(*)::int from {from}");

    public Task ExpireLeasesAsync() => Database.ExecuteAsync("update hera.outbox_leases set leased_until = now() - interval '1 second'");

    public async Task UntilAsync(Func<Task<bool>> condition, string what, int seconds = 20)
    {
        for (var waited = 0; waited < seconds * 20; waited++)
        {
            if (await condition())
                return;
            await Task.Delay(50);
        }

        throw new TimeoutException($"Waited {seconds} s in vain until {what}. {await DescribeAsync()}");
    }

    public Task UntilAsync(Func<bool> condition, string what, int seconds = 20) => UntilAsync(() => Task.FromResult(condition()), what, seconds);

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        await _api.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        foreach (var table in new[] { "outbox_ready", "outbox_scheduled", "outbox_leases", "attempts", "dead_letters" })
            text.Append(table).Append(' ').Append(await CountAsync("hera." + table)).Append("; ");
        return text.ToString();
    }
}
