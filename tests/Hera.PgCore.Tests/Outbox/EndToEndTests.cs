using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>From an HTTP request to a receiver and back into the history, with nothing replaced.</summary>
public sealed class EndToEndTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Broken = "HTTP/1.1 500 Broken\r\nContent-Length: 6\r\n\r\nbroken";
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Event = """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}}""";

    private TestDatabase _database = null!;
    private Tenant _tenant = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await Tenant.CreateAsync(_database);
    }

    [TearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Five_failures_end_in_the_dead_letter_queue_and_a_replay_arrives_under_the_same_id()
    {
        var answer = Broken;
        await using var receiver = RawReceiver.Start((_, stream) => RawReceiver.WriteAsync(stream, Volatile.Read(ref answer)));
        await using var host = await TestHost.StartAsync(_database);
        await CreateWebhookAsync(host, receiver.Url);

        await PostAsync(host, "events", Event);
        var letter = await UntilAsync(async () => (await PostAsync(host, "dead-letters", "{}")).Data["dead_letters"]!.AsArray().FirstOrDefault(), "a dead letter");

        var ids = receiver.Requests.Select(request => request.Header("webhook-id")).Distinct().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(receiver.Requests.Select(request => request.Header("X-HERA-ATTEMPT")), Is.EqualTo(new[] { "1", "2", "3", "4", "5" }));
            Assert.That(ids, Has.Count.EqualTo(1));
            Assert.That(letter.ToJsonString(), Does.Contain(ids[0]));
        }

        Volatile.Write(ref answer, Ok);
        var replay = await PostAsync(host, "replays", $$"""{"delivery_ids": ["{{ids[0]}}"]}""");
        Assert.That(replay.Data["replayed"]!.GetValue<int>(), Is.EqualTo(1), replay.Text);
        await UntilAsync(() => Task.FromResult(receiver.Requests.Skip(5).FirstOrDefault()), "the replay");
        await UntilAsync(async () => await _database.ScalarAsync<int>("select 1 from hera.attempts where status_code = 200") == 1 ? "yes" : null, "its report");

        var last = receiver.Requests.Last();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(last.Header("webhook-id"), Is.EqualTo(ids[0]));
            Assert.That(last.Body, Is.EqualTo(receiver.Requests.First().Body));
            Assert.That((await PostAsync(host, "dead-letters", "{}")).Data["dead_letters"]!.AsArray(), Is.Empty);
            Assert.That((await PostAsync(host, "logs", "{}")).Text, Does.Contain("broken"));
        }
    }

    [Test]
    public async Task Every_request_carries_both_signatures()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await using var host = await TestHost.StartAsync(_database);
        await CreateWebhookAsync(host, receiver.Url);

        await PostAsync(host, "events", Event);
        var request = await UntilAsync(() => Task.FromResult(receiver.Requests.FirstOrDefault()), "the request");

        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{request.Header("webhook-id")}.{request.Header("webhook-timestamp")}."), .. request.Body];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Header("webhook-signature"), Is.EqualTo("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
            Assert.That(
                request.Header("X-HERA-SIGNATURE"),
                Is.EqualTo("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), request.Body))));
            Assert.That(request.Header("X-HERA-ORG-ID"), Is.EqualTo(_tenant.Organization.ToString()));
            Assert.That(request.Header("X-HERA-TOPIC"), Is.EqualTo("shop.order.paid"));
            Assert.That(request.Header("User-Agent"), Is.EqualTo("HERA-Webhook/1.0"));
            Assert.That(request.Header("Content-Type"), Does.StartWith("application/json"));
            Assert.That(JsonNode.Parse(request.Body)!["data"]!.ToJsonString(), Is.EqualTo("""{"order":17}"""));
        }
    }

    [Test]
    public async Task Development_may_send_without_signatures()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await using var host = await TestHost.StartAsync(_database, new() { ["WEBHOOK_SIGNING_ENABLED"] = "false" }, isDevelopment: true);
        await CreateWebhookAsync(host, receiver.Url);

        await PostAsync(host, "events", Event);
        var request = await UntilAsync(() => Task.FromResult(receiver.Requests.FirstOrDefault()), "the request");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Header("webhook-id"), Is.Not.Empty);
            Assert.That(request.Header("webhook-timestamp"), Is.Not.Empty);
            Assert.That(request.Head, Does.Not.Contain("signature").IgnoreCase);
            Assert.That(host.Log.Lines.Any(line => line.Contains("WEBHOOK_SIGNING_ENABLED", StringComparison.Ordinal)), "the start warns");
        }
    }

    [Test]
    public async Task An_event_wakes_the_poller_of_its_host_long_before_the_schedule()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_CRON"] = "0 0 0 1 1 *" });
        await AssertDeliveredSoonAsync(host, host, receiver);
    }

    [Test]
    public async Task An_event_wakes_the_poller_of_another_host_too()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await using var worker = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_CRON"] = "0 0 0 1 1 *", ["INTEGRATION_RUNTIME_ENABLED"] = "false" });
        await using var api = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        Assert.That((await worker.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header)).Status, Is.EqualTo(404), "a worker alone serves no API");
        await AssertDeliveredSoonAsync(api, worker, receiver);
    }

    [Test]
    public async Task A_manual_run_delivers_where_no_poller_runs()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        await CreateWebhookAsync(host, receiver.Url);
        await PostAsync(host, "events", Event);

        var run = await host.SendAsync(HttpMethod.Post, "/functions/v1/outbox-worker/process", Tokens.For(Tenant.SystemActor));

        Assert.That((run.Data["delivered"]!.GetValue<int>(), run.Data["finished"]!.GetValue<bool>()), Is.EqualTo((1, true)), run.Text);
        Assert.That(receiver.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_secret_is_ever_logged()
    {
        var answer = Broken;
        await using var receiver = RawReceiver.Start((_, stream) => RawReceiver.WriteAsync(stream, answer));
        await using var host = await TestHost.StartAsync(_database, new() { ["LOG_LEVEL"] = "trace" });
        string[] canaries = ["canary-secret-of-the-webhook", "canary-in-a-header", "canary-in-the-url", TestHost.EncryptionKey, TestHost.JwtSecret, _tenant.Token.Split('.')[2]];
        await PostAsync(host, "webhooks", JsonSerializer.Serialize(new
        {
            operation = "CREATE",
            webhook_config = new { url = $"{receiver.Url}?token=canary-in-the-url", secret = canaries[0], headers = new Dictionary<string, string> { ["X-Key"] = canaries[1] } },
        }));
        await PostAsync(host, "webhooks", JsonSerializer.Serialize(new { operation = "CREATE", webhook_config = new { url = "http://10.0.0.1/?canary-in-the-url", secret = canaries[0] } }));
        await PostAsync(host, "webhooks", JsonSerializer.Serialize(new { operation = "CREATE", webhook_config = new { url = receiver.Url, secret = canaries[0], timeout_ms = 1e300 } }));
        await PostAsync(host, "webhooks", JsonSerializer.Serialize(new
        {
            operation = "CREATE",
            webhook_config = new { url = "http://127.0.0.1:1/?token=canary-in-the-url", secret = canaries[0] },
        }));
        await host.PostAsync("/api/v2/integrations/webhooks", canaries[0], "{}");
        await PostAsync(host, "events", Event);
        await UntilAsync(() => Task.FromResult(receiver.Requests.FirstOrDefault()), "the request");
        await UntilAsync(
            async () => await _database.ScalarAsync<int>("select 1 from hera.attempts where error = 'connect_failed'") == 1 ? "yes" : null, "a failed connection");

        var lines = host.Log.Lines.ToArray();
        Assert.That(lines, Is.Not.Empty);
        foreach (var canary in canaries)
            Assert.That(lines.Where(line => line.Contains(canary, StringComparison.Ordinal)), Is.Empty, canary);
        Assert.That(lines.Any(line => line.Contains("[rid, ", StringComparison.Ordinal)), "lines of a request carry its id");
    }

    private async Task AssertDeliveredSoonAsync(TestHost api, TestHost worker, RawReceiver receiver)
    {
        await CreateWebhookAsync(api, receiver.Url);
        await worker.UntilAtRestAsync();
        await PostAsync(api, "events", Event);
        await UntilAsync(() => Task.FromResult(receiver.Requests.FirstOrDefault()), "the request", seconds: 2);
    }

    private async Task CreateWebhookAsync(TestHost host, string url)
    {
        var config = new { operation = "CREATE", webhook_config = new { url, secret = Secret, retry_policy = new { max_attempts = 5, initial_delay_ms = 1, max_delay_ms = 10 } } };
        var answer = await PostAsync(host, "webhooks", JsonSerializer.Serialize(config));
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    private Task<Answer> PostAsync(TestHost host, string path, string body) => host.PostAsync("/api/v2/integrations/" + path, _tenant.Token, body, _tenant.Header);

    private static async Task<T> UntilAsync<T>(Func<Task<T?>> find, string what, int seconds = 20)
        where T : class
    {
        for (var waited = 0; waited < seconds * 20; waited++)
        {
            if (await find() is { } found)
                return found;
            await Task.Delay(50);
        }

        throw new TimeoutException($"Waited {seconds} s in vain for {what}.");
    }
}
