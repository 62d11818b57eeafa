using Hera.PgCore.Host.Endpoints;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Canaries;

/// <summary>A script in whatever is stored, a receiver's answer included, is shown as text by every address that a browser can open.</summary>
public sealed class ApiScriptTests
{
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
    public async Task No_refusal_runs_what_it_quotes()
    {
        var page = await OpenAsync();
        foreach (var path in (string[])["/api/v2/integrations/events?", "/nowhere/", "/rest/v1/rpc/"])
        {
            var response = await page.GotoAsync(path + Uri.EscapeDataString(Canary.Of("address")));

            Assert.That(response!.Status, Is.InRange(400, 499), path);
            Assert.That(await page.EvaluateAsync<bool>("() => 'canary' in window"), Is.False, path);
        }
    }

    [Test]
    public async Task The_control_page_does_run_it()
    {
        var page = await OpenAsync();
        await page.RouteAsync("**/control", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = Canary.Of("control") }));

        await page.GotoAsync("/control");

        Assert.That(await page.EvaluateAsync<bool>("() => 'canary' in window"), Is.True);
    }

    private static CanaryScene Stage => CanaryRun.Stage;

    private static Task<IPage> OpenAsync() => Browser.OpenAsync(new BrowserNewContextOptions
    {
        BaseURL = Stage.Scene.Host.Client.BaseAddress!.ToString(),
        ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + Stage.Tenant.Token, [Stage.Tenant.Header.Name] = Stage.Tenant.Header.Value },
    });
}
