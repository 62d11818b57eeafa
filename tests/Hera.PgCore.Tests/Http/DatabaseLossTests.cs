using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>The database goes away and comes back under a running host.</summary>
public sealed class DatabaseLossTests
{
    private const string Event = """{"event_source": "shop", "event_type": "order.paid"}""";

    [Test]
    public async Task The_api_says_503_meanwhile_and_deliveries_go_on_within_five_seconds()
    {
        await using var server = await TestServer.StartPrivateAsync();
        new Deployment(server.ConnectionString()).Up();
        var connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Pooling = false }.ConnectionString;
        await using var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var host = await TestHost.StartAsync(connectionString, new() { ["OUTBOX_WORKER_CRON"] = "0 0 0 1 1 *", ["RATE_LIMIT_ENABLED"] = "true", ["RATE_LIMIT_MAX_REQUESTS_PER_MINUTE"] = "1000" });
        var token = Tokens.For(Tenant.SystemActor);
        await host.PostAsync("/api/v2/integrations/webhooks", token, $$"""{"operation": "CREATE", "webhook_config": {"url": "{{receiver.Url}}"} }""");
        await host.PostAsync("/api/v2/integrations/events", token, Event);
        await UntilAsync(() => receiver.Requests.Count == 1, 10);

        await server.KillAsync();
        var refused = await host.PostAsync("/api/v2/integrations/events", token, Event);
        var callback = await host.PostAsync("/api/v2/integrations/inbound/zapier-webhook", null, "{}");
        var health = await host.GetAsync("/api/v2/health");
        var ready = await host.GetAsync("/readyz");
        // Gone for so long that all who work by themselves have tried again in vain.
        var tried = await Eventually.Async(() => Task.FromResult(Failures(host)), failures => failures is { Claims: > 4, Others: > 2 }, seconds: 20);
        await server.RestartAsync();
        // Pooled connections of the lost server may fail once each.
        var accepted = await PostUntilAcceptedAsync(host, token);
        var delivered = await UntilAsync(() => receiver.Requests.Count == 2, 5);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Status, refused.Error), Is.EqualTo((503, "unavailable")));
            Assert.That(refused.Headers, Does.ContainKey("Retry-After"));
            Assert.That((callback.Status, callback.Headers.ContainsKey("Retry-After")), Is.EqualTo((503, true)));
            Assert.That(health.Status, Is.EqualTo(503));
            Assert.That(health.Json["components"]!["database"]!.GetValue<string>(), Is.EqualTo("unhealthy"));
            Assert.That(ready.Status, Is.EqualTo(503));
            Assert.That(Math.Min(tried.Claims, tried.Others), Is.GreaterThan(2));
            Assert.That(accepted, Is.True);
            Assert.That(delivered, Is.True);
        }
    }

    /// <summary>Warnings of the pipeline, and of what the poller does beside it.</summary>
    private static (int Claims, int Others) Failures(TestHost host) => (Warnings<OutboxPipeline>(host), Warnings<Poller>(host));

    private static int Warnings<T>(TestHost host) => host.Log.Lines.Count(line => line.StartsWith($"Warning {typeof(T).FullName} ", StringComparison.Ordinal));

    private static async Task<bool> PostUntilAcceptedAsync(TestHost host, string token)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if ((await host.PostAsync("/api/v2/integrations/events", token, Event)).Status == 200)
                return true;
            await Task.Delay(200);
        }

        return false;
    }

    private static async Task<bool> UntilAsync(Func<bool> condition, int seconds)
    {
        for (var waited = 0; waited < seconds * 20; waited++)
        {
            if (condition())
                return true;
            await Task.Delay(50);
        }

        return false;
    }
}
