using System.Text;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Observability;

/// <summary>One trace id from the caller through the database's activity view to the collector.</summary>
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

    [Test]
    public async Task A_collector_gets_spans_and_figures_and_nothing_of_what_was_sent()
    {
        await using var collector = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using (var host = await TestHost.StartAsync(_database, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{collector.Port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-team=hera",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_SERVICE_NAME"] = "hera-under-test",
        }))
        {
            var answer = await host.PostAsync("/api/v2/integrations/events?secret=query-canary", _tenant.Token, Event, _tenant.Header, ("traceparent", Recorded));
            Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
            await host.GetAsync("/livez", null, ("traceparent", Recorded));
            await Task.Delay(1500);
        }

        var traces = Sent("/v1/traces");
        var metrics = Sent("/v1/metrics");
        string[] secrets = [TestHost.EncryptionKey, _tenant.Token, "body-canary", "query-canary", "Password", "Host="];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(collector.Requests.First().Header("x-team"), Is.EqualTo("hera"));
            Assert.That(traces, Does.Contain(Encoding.Latin1.GetString(Convert.FromHexString(TraceId))), "the caller's trace id");
            Assert.That(traces, Does.Contain("hera_integration_event_in_v1"), "the call");
            Assert.That(traces, Does.Contain("/integrations/events"), "the request");
            Assert.That(traces, Does.Contain("hera-under-test"));
            Assert.That(traces, Does.Not.Contain("livez"));
            Assert.That(metrics, Does.Contain("hera.outbox.oldest_past_due").And.Contain("hera.rpc.duration"));
            foreach (var secret in secrets)
                Assert.That(traces + metrics, Does.Not.Contain(secret));
        }

        string Sent(string path) => string.Concat(collector.Requests
            .Where(request => request.Lines[0].Contains(path, StringComparison.Ordinal))
            .Select(request => Encoding.Latin1.GetString(request.Body)));
    }
}
