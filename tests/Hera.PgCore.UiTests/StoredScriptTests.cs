using System.Text.Json;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>A script in whatever is stored, a receiver's answer included, is shown as text by every address that a browser can open.</summary>
public sealed class StoredScriptTests
{
    private const string Script = "<script>window.canary = 1</script><img src=x onerror='window.canary = 1'>";
    private static readonly string Quoted = JsonSerializer.Serialize(Script);

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private RawReceiver _receiver = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StoreAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await Scene.StartHostAsync(_database, new() { ["SKIP_RATE_LIMITING"] = "true" });
        _receiver = RawReceiver.StartWith($"HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: {Script.Length}\r\n\r\n{Script}");
        _tenant = await Tenant.CreateAsync(_database);
        await PostAsync("webhooks", $$$"""
            {"operation": "CREATE", "webhook_config": {
              "url": "{{{_receiver.Url}}}", "description": {{{Quoted}}}, "metadata": {"a": {{{Quoted}}} }, "retry_policy": {"max_attempts": 1} } }
            """);
        await PostAsync("events", $$$"""{"event_source": "shop", "event_type": "order.paid", "event_data": {"a": {{{Quoted}}} }, "idempotency_key": {{{Quoted}}}}""");
        await PostAsync("../memberships", $$$"""{"operation": "GRANT", "member": {"auth_uid": {{{Quoted}}}, "name": {{{Quoted}}}, "role": "member"} }""");
        for (var tries = 0; await _database.ScalarAsync<int>("select count(*)::int from hera.dead_letters") == 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100), "the delivery has failed");
            await Task.Delay(100);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task No_answer_of_the_API_runs_it()
    {
        var page = await OpenAsync();
        var shown = new List<string>();
        foreach (var route in ApiRouteTable.All.Where(route => route.Method == "GET" && !route.HasId))
        {
            var response = await page.GotoAsync("/api/v2" + route.Path);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(await page.EvaluateAsync<bool>("() => 'canary' in window"), Is.False, route.Path);
                Assert.That(response!.Headers["x-content-type-options"], Is.EqualTo("nosniff"), route.Path);
                Assert.That(response.Headers["content-type"], Does.StartWith("application/").And.Contain("json"), route.Path);
            }

            if ((await response!.TextAsync()).Contains("window.canary", StringComparison.Ordinal))
                shown.Add(route.Path);
        }

        Assert.That(
            shown, Is.SupersetOf(new[] { "/integrations/events", "/integrations/webhooks", "/integrations/logs", "/memberships" }),
            "or nothing was looked at");
    }

    [Test]
    public async Task No_page_runs_it()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Token").FillAsync(_tenant.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        var @event = await _database.ScalarAsync<Guid>("select id from hera.events order by id limit 1");
        var webhook = await _database.ScalarAsync<Guid>("select id from hera.webhooks limit 1");
        var shown = new List<string>();
        foreach (var address in (string[])["", "/events", $"/events/{@event}", "/webhooks", $"/webhooks/{webhook}", $"/webhooks/{webhook}/edit", "/failures", "/api-keys", "/connectors"])
        {
            await page.GotoAsync("/settings/integrations" + address);

            Assert.That(await page.EvaluateAsync<bool>("() => 'canary' in window"), Is.False, address);
            if ((await page.Locator("main").TextContentAsync())!.Contains("window.canary", StringComparison.Ordinal))
                shown.Add(address);
        }

        Assert.That(shown, Is.SupersetOf(new[] { $"/events/{@event}", "/webhooks" }), "or nothing was looked at");
    }

    [Test]
    public async Task No_refusal_runs_what_it_quotes()
    {
        var page = await OpenAsync();
        foreach (var path in (string[])["/api/v2/integrations/events?", "/nowhere/", "/rest/v1/rpc/"])
        {
            var response = await page.GotoAsync(path + Uri.EscapeDataString(Script));

            Assert.That(response!.Status, Is.InRange(400, 499), path);
            Assert.That(await page.EvaluateAsync<bool>("() => 'canary' in window"), Is.False, path);
        }
    }

    [Test]
    public async Task The_control_page_does_run_it()
    {
        var page = await OpenAsync();
        await page.RouteAsync("**/control", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = Script }));

        await page.GotoAsync("/control");

        Assert.That(await page.EvaluateAsync<bool>("() => 'canary' in window"), Is.True);
    }

    private Task<IPage> OpenAsync() => Browser.OpenAsync(new BrowserNewContextOptions
    {
        BaseURL = _host.Client.BaseAddress!.ToString(),
        ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + _tenant.Token, [_tenant.Header.Name] = _tenant.Header.Value },
    });

    private async Task PostAsync(string path, string body)
    {
        var answer = await _host.PostAsync("/api/v2/integrations/" + path, _tenant.Token, body, _tenant.Header);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }
}
