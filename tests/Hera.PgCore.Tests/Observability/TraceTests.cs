using System.Text;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Observability;

/// <summary>One trace id from the caller through the database's activity view to the collector.</summary>
[NonParallelizable] // Spans are of the process, whichever host made them.
public sealed class TraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Recorded = $"00-{TraceId}-00f067aa0ba902b7-01";
    private const string NotRecorded = $"00-{TraceId}-00f067aa0ba902b7-00";
    private const string Event = """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": "body-canary"}}""";

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

    [TestCase(Recorded, "hera_api " + TraceId)]
    [TestCase(NotRecorded, "hera_api")]
    public async Task A_running_call_shows_its_trace_to_the_DBA(string traceparent, string shown)
    {
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        // So often that the call is prepared.
        for (var sent = 0; sent < 5; sent++)
            await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header, ("traceparent", traceparent));
        await using var connection = await _database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "lock table hera.events in access exclusive mode";
        await command.ExecuteNonQueryAsync();

        var waiting = host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header, ("traceparent", traceparent));
        string? name = null;
        for (var waited = 0; waited < 60 && name is null; waited++)
        {
            await Task.Delay(50);
            name = await _database.ScalarAsync<string>(
                "select application_name from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%event_in%'");
        }

        await transaction.RollbackAsync();
        var answer = await waiting;
        var later = await _database.ListAsync<string>(
            "select distinct application_name from pg_stat_activity where datname = current_database() and query like '%event_in%' and pid <> pg_backend_pid()");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(name, Is.EqualTo(shown));
            Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
            Assert.That(later, Is.EqualTo(new[] { "hera_api" }), "the mark ends with the transaction");
        }
    }

    [TestCase("/api/v2/integrations/events", Event)]
    [TestCase("/api/v2/integrations/events", """{"event_source": "shop", "event_type": "order.paid", "options": { } }""")]
    [TestCase("/api/v2/integrations/events", """{"event_source": "shop", "event_type": "order.paid", "options": {"create_transaction": false}}""")]
    [TestCase("/api/v2/integrations/events/batch", "[" + Event + "]")]
    [TestCase("/api/v2/integrations/events/batch", """{"events": [""" + Event + "]}")]
    [TestCase("/rest/v1/rpc/hera_integration_event_in_v1", """{"p_event_source": "shop", "p_event_type": "order.paid"}""")]
    public async Task The_callers_trace_reaches_the_receiver(string path, string body)
    {
        await using var receiver = await SubscribeAsync();
        await using var host = await TestHost.StartAsync(_database);

        var answer = await host.PostAsync(path, _tenant.Token, body, _tenant.Header, ("traceparent", Recorded));
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);

        Assert.That((await FirstAsync(receiver)).Header("traceparent"), Does.StartWith($"00-{TraceId}-").And.EndWith("-01"));
    }

    [Test]
    public async Task A_trace_among_the_options_of_a_call_wins()
    {
        await using var receiver = await SubscribeAsync();
        await using var host = await TestHost.StartAsync(_database);
        const string Other = "00-11111111111111111111111111111111-2222222222222222-01";

        await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event[..^1] + $$""", "options": {"traceparent": "{{Other}}"} }""", _tenant.Header, ("traceparent", Recorded));

        Assert.That((await FirstAsync(receiver)).Header("traceparent"), Is.EqualTo(Other));
    }

    [TestCase(null)]
    [TestCase("nonsense")]
    [TestCase("00-00000000000000000000000000000000-0000000000000000-01")]
    public async Task Without_a_trace_of_the_caller_there_is_none(string? traceparent)
    {
        await using var receiver = await SubscribeAsync();
        await using var host = await TestHost.StartAsync(_database);
        (string, string)[] headers = traceparent is null ? [_tenant.Header] : [_tenant.Header, ("traceparent", traceparent)];

        var answer = await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, headers);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That((await FirstAsync(receiver)).Header("traceparent"), Is.Null);
    }

    [Test]
    public async Task A_collector_gets_spans_and_figures_and_nothing_of_what_was_sent()
    {
        await using var receiver = await SubscribeAsync();
        await using var collector = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var host = await ListeningHost.StartAsync(_database.ConnectionString, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{collector.Port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-team=hera",
            ["OTEL_SERVICE_NAME"] = "hera-under-test",
        });

        var status = await host.PostAsync("/api/v2/integrations/events?secret=query-canary", _tenant, Event, Recorded);
        var delivered = await FirstAsync(receiver);
        await host.TerminateAsync();

        var traces = Sent("/v1/traces");
        var metrics = Sent("/v1/metrics");
        var traceId = Encoding.Latin1.GetString(Convert.FromHexString(TraceId));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(200));
            Assert.That(collector.Requests.First().Header("x-team"), Is.EqualTo("hera"));
            Assert.That(Missing(traces, traceId, "hera_integration_event_in_v1", "/integrations/events", "deliver webhook", "hera-under-test"), Is.Empty);
            Assert.That(delivered.Header("traceparent"), Does.StartWith($"00-{TraceId}-"));
            Assert.That(Missing(traces, Encoding.Latin1.GetString(Convert.FromHexString(delivered.Header("traceparent")![36..52]))), Is.Empty, "the attempt's own span");
            Assert.That(Missing(metrics, "hera.outbox.oldest_past_due", "hera.rpc.duration", "hera-under-test"), Is.Empty);
            Assert.That(Missing(traces, "readyz"), Is.Not.Empty, "probes are not traced");
            foreach (var secret in new[] { TestHost.EncryptionKey, _tenant.Token, "body-canary", "query-canary", "Password", "Host=" })
                Assert.That(Missing(traces + metrics, secret), Is.Not.Empty, secret);
        }

        // The payloads are long and binary: a failure names only what is missing.
        static IEnumerable<string> Missing(string text, params string[] parts) => parts.Where(part => !text.Contains(part, StringComparison.Ordinal));

        string Sent(string path) => string.Concat(collector.Requests
            .Where(request => request.Lines[0].Contains(path, StringComparison.Ordinal))
            .Select(request => Encoding.Latin1.GetString(request.Body)));
    }

    private async Task<RawReceiver> SubscribeAsync()
    {
        await _database.ExecuteAsync("""select hera_platform_settings_v1('{"allow_http": true, "allowed_networks": ["127.0.0.0/8"]}')""");
        var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var host = await TestHost.StartAsync(_database);
        var answer = await host.PostAsync(
            "/api/v2/integrations/webhooks", _tenant.Token, $$"""{"operation": "CREATE", "webhook_config": {"url": "{{receiver.Url}}"} }""", _tenant.Header);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return receiver;
    }

    private static async Task<RawRequest> FirstAsync(RawReceiver receiver)
    {
        for (var waited = 0; waited < 200 && receiver.Requests.IsEmpty; waited++)
            await Task.Delay(50);
        return receiver.Requests.First();
    }
}
