using System.Text.Json.Nodes;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>What the table of routes promises: each route answers under each prefix, each example works, each query parameter is understood.</summary>
public sealed class RouteTableTests
{
    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _admin = null!;
    private Tenant _platform = null!;

    private static IEnumerable<TestCaseData> Routes => ApiRouteTable.All.Select(route => new TestCaseData(route).SetArgDisplayNames($"{route.Method} {route.Path}"));

    private static IEnumerable<TestCaseData> Gets => ApiRouteTable.All.Where(route => route.Method == "GET")
        .Select(route => new TestCaseData(route).SetArgDisplayNames(route.Path));

    private static IEnumerable<TestCaseData> Posts => ApiRouteTable.All.Where(route => route.Method == "POST")
        .Select(route => new TestCaseData(route).SetArgDisplayNames(route.Path));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _admin = await Tenant.CreateAsync(_database);
        _platform = new Tenant(Guid.Empty, Tenant.SystemActor);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCaseSource(nameof(Routes))]
    public async Task A_route_answers_under_each_prefix_and_wants_a_token(object of)
    {
        var route = (ApiRoute)of;
        foreach (var prefix in new[] { "/api/v2", "/functions/v1/api-v2", "/functions/v1/api-v2/api/v2" })
        {
            var path = prefix + route.Path.Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
            RoutesTests.AssertProblem(await _host.SendAsync(new HttpMethod(route.Method), path, null, route.Method == "POST" ? "{}" : null), 401, "invalid_token");
        }
    }

    [TestCaseSource(nameof(Gets))]
    public async Task A_list_answers_and_what_has_an_id_of_nobody_is_not_found(object of)
    {
        var route = (ApiRoute)of;
        foreach (var id in route.HasId ? [Guid.NewGuid().ToString(), "nonsense"] : new[] { "" })
        {
            var answer = await _host.GetAsync("/api/v2" + route.Path.Replace("{id}", id, StringComparison.Ordinal), _platform.Token, _platform.Header);

            if (route.HasId)
                RoutesTests.AssertProblem(answer, 404, "not_found");
            else
                Assert.That((answer.Status, answer.Data["success"]!.GetValue<bool>()), Is.EqualTo((200, true)), answer.Text);
        }
    }

    [TestCaseSource(nameof(Gets))]
    public async Task Every_query_parameter_is_understood_and_no_other(object of)
    {
        var route = (ApiRoute)of;
        if (route.HasId)
            return;
        foreach (var name in route.Query.Append("colour"))
        {
            var value = name switch
            {
                "limit" => "1",
                "since" or "until" => "2026-01-31T12:00:00Z",
                "connector_type" => "INTEGRATION_CONNECTOR_DEF",
                _ => Guid.Empty.ToString(),
            };
            var answer = await _host.GetAsync($"/api/v2{route.Path}?{name}={value}", _platform.Token, _platform.Header);

            // A value may be refused, a webhook of nobody may not be found; the name is known.
            var isUnknown = answer.Status == 400 && (answer.Error == "invalid_argument" || answer.Error!.EndsWith(".unknown", StringComparison.Ordinal));
            Assert.That(isUnknown, Is.EqualTo(name == "colour"), $"{name}: {answer}");
        }
    }

    [TestCaseSource(nameof(Posts))]
    public async Task The_example_works(object of)
    {
        var route = (ApiRoute)of;
        // Of tenants' routes all but the one that authorizes them are for a tenant.
        var isPlatforms = route.Path is "/organizations" or "/integrations/assignments";
        var body = JsonNode.Parse(route.Example!)!.AsObject();
        if (body["replay"]?["webhook_id"] is not null)
            body["replay"]!["webhook_id"] = await WebhookAsync();

        var answer = await _host.PostAsync(
            "/api/v2" + route.Path, isPlatforms ? _platform.Token : _admin.Token, body.ToJsonString(), isPlatforms ? _platform.Header : _admin.Header);

        Assert.That((answer.Status, answer.Data["success"]?.GetValue<bool>() ?? true), Is.EqualTo((200, true)), answer.Text);
    }

    [Test]
    public void Every_function_that_takes_an_actor_and_is_granted_has_a_route()
    {
        string[] notForClients = ["hera_platform_authorize_v1"];

        Assert.That(
            async () => await _database.ScalarAsync<string[]>("""
                select array_agg(p.proname::text) from pg_proc p
                where p.pronamespace = 'public'::regnamespace and has_function_privilege('hera_api', p.oid, 'execute') and 'p_actor_user_id' = any (p.proargnames)
                """),
            Is.SubsetOf(ApiRouteTable.All.SelectMany(route => new[] { route.Function, route.FunctionOfOperations }).Concat(notForClients)));
    }

    [Test]
    public async Task One_is_read_by_its_id()
    {
        var webhook = await WebhookAsync();
        var transaction = (await PostAsync("/transactions", ApiRouteTable.All.Single(route => route is { Path: "/transactions", Method: "POST" }).Example!))
            .Data["transaction_id"]!.GetValue<Guid>();
        var first = await PostAsync("/integrations/events", """{"event_source": "shop", "event_type": "order.read"}""");
        var eventId = first.Data["event_id"]!.GetValue<Guid>();

        foreach (var (path, part, id) in new[]
        {
            ($"/integrations/webhooks/{webhook}", "webhook.id", webhook),
            ($"/transactions/{transaction}", "transaction.id", transaction),
            ($"/integrations/events/{eventId}", "event.id", eventId),
            ($"/integrations/events/{eventId}/explain", "event.id", eventId),
            ($"/organizations/{_admin.Organization}", "organization.id", _admin.Organization),
        })
        {
            var answer = await _host.GetAsync("/api/v2" + path, _admin.Token, _admin.Header);
            var keys = part.Split('.');
            Assert.That(answer.Json["data"]?[keys[0]]?[keys[1]]?.GetValue<Guid>(), Is.EqualTo(id), answer.Text);
        }

        var connector = await _host.GetAsync("/api/v2/integrations/connectors/hubspot-crm", _admin.Token, _admin.Header);
        Assert.That(connector.Data["connector"]!["code"]!.GetValue<string>(), Is.EqualTo("hubspot-crm"));
    }

    [Test]
    public async Task The_path_cannot_be_overruled_by_the_query()
    {
        var answer = await _host.GetAsync($"/api/v2/organizations/{_admin.Organization}?id={Guid.Empty}", _platform.Token, _platform.Header);
        var operation = await _host.GetAsync("/api/v2/organizations?operation=CREATE", _platform.Token, _platform.Header);
        var actor = await _host.GetAsync($"/api/v2/integrations/events?actor_user_id={Tenant.SystemActor}&organization_id={Guid.Empty}", _admin.Token, _admin.Header);

        Assert.That((answer.Status, operation.Status, actor.Status), Is.EqualTo((400, 400, 400)));
    }

    [Test]
    public async Task Lists_of_configuration_come_in_pages()
    {
        var tenant = await Tenant.CreateAsync(_database);
        for (var n = 0; n < 3; n++)
            await _host.PostAsync("/api/v2/integrations/webhooks", tenant.Token, $$$"""{"operation": "CREATE", "webhook_config": {"url": "https://example.com/{{{n}}}"}}""", tenant.Header);

        var first = await _host.GetAsync("/api/v2/integrations/webhooks?limit=2", tenant.Token, tenant.Header);
        var second = await _host.GetAsync($"/api/v2/integrations/webhooks?limit=2&cursor={first.Data["next_cursor"]}", tenant.Token, tenant.Header);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Urls(first).Concat(Urls(second)), Is.EqualTo(new[] { "https://example.com/0", "https://example.com/1", "https://example.com/2" }));
            Assert.That(second.Data["next_cursor"], Is.Null);
        }

        static IEnumerable<string> Urls(Answer answer) => answer.Data["webhooks"]!.AsArray().Select(webhook => webhook!["url"]!.GetValue<string>());
    }

    private async Task<Guid> WebhookAsync() =>
        (await PostAsync("/integrations/webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "https://example.com/{{{Guid.NewGuid()}}}"}}"""))
        .Data["webhook"]!["id"]!.GetValue<Guid>();

    private Task<Answer> PostAsync(string path, string body) => _host.PostAsync("/api/v2" + path, _admin.Token, body, _admin.Header);
}
