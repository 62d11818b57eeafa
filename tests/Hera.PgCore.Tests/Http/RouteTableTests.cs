using System.Text.Json;
using Hera.PgCore.Host.Endpoints;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Every route of the table, under each of the addresses that callers know.</summary>
[TestFixture("/api/v2")]
[TestFixture("/functions/v1/api-v2")]
[TestFixture("/functions/v1/api-v2/api/v2")]
public sealed class RouteTableTests(string prefix)
{
    private const string WebhookOfExamples = "0199c1c2-0000-7000-8000-000000000000";

    private static readonly string[] ForPlatformAdmins =
    [
        "GET /integrations/monitoring/database", "GET /integrations/monitoring/workers", "GET /encryption-keys", "POST /encryption-keys", "POST /integrations/assignments", "POST /organizations",
    ];

    private RouteScene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _scene = await RouteScene.CreateAsync(prefix);

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Every_route_answers_its_own_example()
    {
        List<string> forPlatformAdmins = [];
        foreach (var route in ApiRouteTable.All)
        {
            var body = route.Example?.Replace(WebhookOfExamples, _scene.Ids["/integrations/webhooks"], StringComparison.Ordinal);
            var answer = await _scene.SendAsync(route.Method, _scene.PathOf(route), body);
            if (answer.Status == 403)
            {
                forPlatformAdmins.Add($"{route.Method} {route.Path}");
                answer = await _scene.SendAsync(route.Method, _scene.PathOf(route), body, _scene.PlatformToken);
            }

            Assert.That(answer.Status, Is.EqualTo(200), $"{route.Method} {route.Path}: {answer.Text}");
            Assert.That(answer.Data.GetValueKind(), Is.EqualTo(JsonValueKind.Object), route.Path);
        }

        Assert.That(forPlatformAdmins, Is.EquivalentTo(ForPlatformAdmins));
    }

    [Test]
    public async Task Every_function_that_a_client_may_call_has_a_route()
    {
        var functions = await _scene.Database.ListAsync<string>("""
            select p.proname::text from pg_proc p
            where p.pronamespace = 'public'::regnamespace and has_function_privilege('hera_api', p.oid, 'execute') and 'p_actor_user_id' = any (p.proargnames)
            """);

        // The worker's routes ask it whether the actor may operate the platform.
        Assert.That(functions, Is.EquivalentTo(ApiRouteTable.All.Select(route => route.Function).Append("hera_platform_authorize_v1").Distinct()));
    }

    [Test]
    public async Task No_route_answers_without_a_token()
    {
        foreach (var route in ApiRouteTable.All)
        {
            var answer = await _scene.Host.SendAsync(new HttpMethod(route.Method), prefix + _scene.PathOf(route), null, route.Example);

            Assert.That((answer.Status, answer.Error), Is.EqualTo((401, "invalid_token")), $"{route.Method} {route.Path}");
        }
    }

    [Test]
    public async Task An_unknown_query_parameter_is_400_and_named()
    {
        foreach (var route in ApiRouteTable.All.Where(route => route.Method == "GET"))
        {
            var answer = await _scene.GetAsync(_scene.PathOf(route) + "?nonsense=1", _scene.PlatformToken);

            Assert.That(answer.Status, Is.EqualTo(400), $"{route.Path}: {answer.Text}");
            Assert.That(answer.Json["detail"]!.GetValue<string>(), Does.Contain("nonsense"), route.Path);
        }
    }

    [TestCase("not-a-uuid")]
    [TestCase("0199c1c2-0000-7000-8000-ffffffffffff")]
    public async Task An_id_of_nobody_is_404_whatever_it_looks_like(string id)
    {
        foreach (var route in ApiRouteTable.All.Where(route => route.HasId))
        {
            var answer = await _scene.GetAsync(route.Path.Replace("{id}", id, StringComparison.Ordinal), _scene.PlatformToken);

            Assert.That(answer.Status, Is.EqualTo(404), $"{route.Path}: {answer.Text}");
        }
    }
}
