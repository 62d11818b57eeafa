using System.Net;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Observability;

/// <summary>The figures of a running host.</summary>
[NonParallelizable] // Figures are of the process, whichever host made them.
public sealed class MetricsTests
{
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

    [Test]
    public async Task Figures_follow_what_happens()
    {
        await using var good = Receiver(200);
        await using var bad = Receiver(503);
        await using var host = await TestHost.StartAsync(_database);
        var before = await ScrapeAsync(host);
        await AddWebhookAsync(host, good.Url);
        await AddWebhookAsync(host, bad.Url);
        for (var sent = 0; sent < 3; sent++)
            await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header);
        await host.PostAsync("/api/v2/integrations/events", _tenant.Token, """{"event_source": "?"}""", _tenant.Header);

        var after = await UntilAsync(host, scrape =>
            scrape.Value("hera_day_attempts") == 6 && scrape.Value("hera_outbox_deliveries", "state=\"failed\"") == 3);

        double Growth(string name, params string[] labels) => (after.Value(name, labels) ?? 0) - (before.Value(name, labels) ?? 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Value("hera_day_events"), Is.EqualTo(3));
            Assert.That(after.Value("hera_day_attempts_delivered"), Is.EqualTo(3));
            Assert.That(after.Value("hera_webhooks", "state=\"active\""), Is.EqualTo(2));
            Assert.That(after.Value("hera_outbox_oldest_past_due_seconds"), Is.Zero, "retries wait, nothing is overdue");
            Assert.That(after.Value("hera_database_up"), Is.EqualTo(1));
            Assert.That(after.Value("hera_poller_pause_seconds"), Is.Positive, "it has found nothing more to do");
            Assert.That(after.Value("hera_partitions_days_ahead", "table=\"events\""), Is.GreaterThan(1));
            Assert.That(Growth("hera_delivery_results_total", "result=\"delivered\""), Is.EqualTo(3));
            Assert.That(Growth("hera_delivery_results_total", "result=\"failed\""), Is.EqualTo(3));
            Assert.That(Growth("hera_delivery_attempt_duration_seconds_count", "outcome=\"2xx\""), Is.EqualTo(3));
            Assert.That(Growth("hera_delivery_attempt_duration_seconds_count", "outcome=\"5xx\""), Is.EqualTo(3));
            Assert.That(Growth("hera_rpc_duration_seconds_count", "function=\"hera_integration_event_in_v1\"", "status=\"200\""), Is.EqualTo(3));
            Assert.That(Growth("http_server_request_duration_seconds_count", "/integrations/events", "status_code=\"400\""), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_delivery_that_nobody_sends_shows_as_past_due()
    {
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        await AddWebhookAsync(host, "https://receiver.example.com/hook");
        await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header);

        var scrape = await UntilAsync(host, scrape => scrape.Value("hera_outbox_oldest_past_due_seconds") > 1);

        Assert.That((scrape.Value("hera_outbox_due"), scrape.Value("hera_outbox_deliveries", "state=\"pending\"")), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public async Task Every_figure_of_the_dashboard_and_the_alert_rules_is_exported()
    {
        await using var receiver = Receiver(200);
        await using var host = await TestHost.StartAsync(_database);
        await AddWebhookAsync(host, receiver.Url);
        await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header);
        // Without any open transaction there is no oldest one.
        await using var connection = await _database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var scrape = await UntilAsync(host, scrape => scrape.Value("hera_day_attempts_delivered") == 1 && scrape.Value("hera_database_oldest_transaction_seconds") > 0 && scrape.Value("hera_day_event_latency_seconds") > 0);

        var dashboard = PromQl.Metrics(PromQl.OfDashboard(await File.ReadAllTextAsync(Repository.File("deploy/grafana/hera.json")))).ToList();
        var alerts = PromQl.Metrics(PromQl.OfRules(await File.ReadAllTextAsync(Repository.File("deploy/prometheus/alerts.yml")))).ToList();

        // Prometheus makes "up" itself.
        string[] exported = [.. scrape.Names, "up"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dashboard, Has.Count.GreaterThan(25).And.SubsetOf(exported));
            Assert.That(alerts, Has.Count.GreaterThan(10).And.SubsetOf(exported));
            Assert.That(alerts, Does.Contain("hera_outbox_oldest_past_due_seconds"));
        }
    }

    [Test]
    public async Task Figures_name_no_tenant_and_hold_no_secret()
    {
        await using var login = await TestLogin.CreateAsync("in role hera_api, hera_worker");
        await using var host = await ListeningHost.StartAsync(_database.ConnectionStringFor(login.Name));
        var status = await host.PostAsync("/api/v2/integrations/events", _tenant, Event);
        var text = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        string[] secrets = [TestHost.EncryptionKey, TestHost.JwtSecret, "encryption_key", "Password", _tenant.Token[..20], _tenant.Subject, _tenant.Organization.ToString(), "body-canary", "Host="];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(200));
            Assert.That(text, Does.Contain("hera_webhooks"));
            Assert.That(text, Does.Contain("db_client_connection_pool_name=\"hera_api\""));
            foreach (var secret in secrets)
                Assert.That(text, Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task Without_the_database_its_figures_are_absent_rather_than_old()
    {
        await using var server = await TestServer.StartPrivateAsync();
        await using var host = await TestHost.StartAsync(server.ConnectionString());

        var scrape = await ScrapeAsync(host);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scrape.Value("hera_database_up"), Is.Zero);
            Assert.That(scrape.Value("hera_outbox_oldest_past_due_seconds"), Is.Null);
            Assert.That(scrape.Value("dotnet_process_memory_working_set_bytes"), Is.Positive);
        }
    }

    [Test]
    public async Task Many_scrapes_are_answered_and_ask_the_database_once()
    {
        await using var host = await TestHost.StartAsync(_database);

        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => host.GetAsync("/metrics")));
        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200), "the limit on requests of an address is for callers");
        var scrape = await ScrapeAsync(host);

        Assert.That(scrape.Value("hera_rpc_duration_seconds_count", "function=\"hera_monitor_overview_v1\""), Is.LessThan(20));
    }

    [Test]
    public async Task Switched_off_there_is_nothing()
    {
        await using var host = await TestHost.StartAsync(_database, new() { ["MONITORING_ENABLED"] = "false" });

        Assert.That((await host.GetAsync("/metrics")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Nobody_writes_to_the_figures()
    {
        await using var host = await TestHost.StartAsync(_database);

        Assert.That((await host.PostAsync("/metrics", null, "{}")).Status, Is.EqualTo(405));
    }

    [Test]
    public async Task An_address_of_their_own_takes_the_figures_off_the_public_one_whatever_the_Host_header_says()
    {
        var port = ListeningHost.FreePort();
        await using var host = await TestHost.StartAsync(_database, new() { ["HERA_METRICS_URL"] = $"http://127.0.0.1:{port}" });
        using var own = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using var figures = await own.GetAsync(new Uri("/metrics", UriKind.Relative));
        using var api = await own.GetAsync(new Uri("/livez", UriKind.Relative));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(api.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            RoutesTests.AssertProblem(await host.GetAsync("/metrics", null, ("Host", $"127.0.0.1:{port}")), 404, "not_found");
            Assert.That((await host.GetAsync("/livez")).Status, Is.EqualTo(200));
        }
    }

    private static RawReceiver Receiver(int status) => RawReceiver.StartWith($"HTTP/1.1 {status} Any\r\nContent-Length: 0\r\n\r\n");

    private async Task AddWebhookAsync(TestHost host, string url)
    {
        var body = $$"""{"operation": "CREATE", "webhook_config": {"url": "{{url}}", "retry_policy": {"initial_delay_ms": 600000} } }""";
        var answer = await host.PostAsync("/api/v2/integrations/webhooks", _tenant.Token, body, _tenant.Header);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    private static async Task<Scrape> ScrapeAsync(TestHost host)
    {
        var answer = await host.GetAsync("/metrics");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return new Scrape(answer.Text);
    }

    private static async Task<Scrape> UntilAsync(TestHost host, Func<Scrape, bool> condition)
    {
        var scrape = await ScrapeAsync(host);
        for (var waited = 0; waited < 60 && !condition(scrape); waited++)
        {
            await Task.Delay(500);
            scrape = await ScrapeAsync(host);
        }

        Assert.That(condition(scrape), Is.True, scrape.Text);
        return scrape;
    }
}
