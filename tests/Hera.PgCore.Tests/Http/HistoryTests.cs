using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Reading back: events, deliveries, attempts, connectors; one's own and nobody else's.</summary>
public sealed class HistoryTests
{
    private const string Events = "/api/v2/integrations/events";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Events_are_listed_in_pages_and_found_by_id()
    {
        var tenant = await Tenant.CreateAsync(_database);
        for (var order = 0; order < 3; order++)
            await PostAsync(tenant, Events, $$"""{"event_source": "shop", "event_type": "order{{order}}"}""");

        var first = await GetAsync(tenant, Events + "?limit=2&event_source=shop");
        var second = await GetAsync(tenant, $"{Events}?limit=2&cursor={first.Data["next_cursor"]}");
        var id = first.Data["events"]![0]!["id"]!.GetValue<Guid>();
        var one = await GetAsync(tenant, $"{Events}/{id}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Data["events"]!.AsArray(), Has.Count.EqualTo(2), first.Text);
            Assert.That(second.Data["events"]!.AsArray(), Has.Count.EqualTo(1), second.Text);
            Assert.That(one.Status, Is.EqualTo(200), one.Text);
            Assert.That(one.Text, Does.Contain(id.ToString()));
        }
    }

    [Test]
    public async Task A_foreign_event_a_missing_one_and_nonsense_are_answered_alike()
    {
        var stranger = await Tenant.CreateAsync(_database);
        var foreign = (await PostAsync(stranger, Events, """{"event_source": "a", "event_type": "b"}""")).Data["event_id"]!.GetValue<Guid>();

        foreach (var id in new[] { foreign.ToString(), Guid.NewGuid().ToString(), "nonsense" })
            RoutesTests.AssertProblem(await GetAsync(_tenant, $"{Events}/{id}"), 404, "not_found");
    }

    [TestCase("limit=0")]
    [TestCase("limit=many")]
    [TestCase("unknown=1")]
    [TestCase("limit=1&limit=2")]
    public async Task A_filter_that_cannot_be_used_is_400(string query)
    {
        Assert.That((await GetAsync(_tenant, $"{Events}?{query}")).Status, Is.EqualTo(400));
    }

    [TestCase("deliveries", "deliveries")]
    [TestCase("logs", "logs")]
    [TestCase("dead-letters", "dead_letters")]
    public async Task The_history_answers_at_both_addresses_with_the_filter_bare_or_named(string route, string list)
    {
        foreach (var path in new[] { $"/api/v2/integrations/{route}", $"/functions/v1/api-v2/integrations/webhooks/{route}" })
        {
            foreach (var body in new[] { "{}", """{"limit": 5}""", """{"filter": {"limit": 5}}""" })
            {
                var answer = await PostAsync(_tenant, path, body);
                Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
                Assert.That(answer.Data[list], Is.Not.Null, answer.Text);
            }

            Assert.That((await PostAsync(_tenant, path, """{"unknown": 5}""")).Status, Is.EqualTo(400));
        }
    }

    [Test]
    public async Task Connectors_are_listed()
    {
        var answer = await PostAsync(_tenant, "/api/v2/integrations/connectors", """{"operation": "LIST", "connector_type": "INTEGRATION_CONNECTOR_DEF"}""");

        Assert.That(answer.Data["connectors"]!.AsArray(), Is.Not.Empty, answer.Text);
    }

    private Task<Answer> PostAsync(Tenant tenant, string path, string body) => _host.PostAsync(path, tenant.Token, body, tenant.Header);

    private Task<Answer> GetAsync(Tenant tenant, string path) => _host.GetAsync(path, tenant.Token, tenant.Header);
}
