using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>The API's reference for people, <c>/docs</c>.</summary>
public sealed class ReferencePageTests
{
    private TestDatabase _database = null!;
    private TestHost _host = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task It_shows_the_routes_and_asks_nobody_else_for_anything()
    {
        var page = await Browser.OpenAsync();
        var (foreign, faults) = (new List<string>(), new List<string>());
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Origin, StringComparison.Ordinal) && request.Url.StartsWith("http", StringComparison.Ordinal))
                foreign.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };

        await page.GotoAsync(Origin + "docs");
        await page.GetByText("Events", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await page.GetByText("Take one event in, once and only once.").First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "docs.png") });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(foreign, Is.Empty);
            Assert.That(faults, Is.Empty, "neither errors nor violations of the content security policy");
        }
    }

    [Test]
    public async Task It_cannot_be_framed()
    {
        var page = await Browser.OpenAsync();
        await page.RouteAsync("http://elsewhere.example/", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = $"<iframe src='{Origin}docs'></iframe>",
        }));

        await page.GotoAsync("http://elsewhere.example/");
        await page.WaitForTimeoutAsync(500);

        Assert.That(page.Frames.Single(frame => frame.ParentFrame is not null).Url, Is.EqualTo("chrome-error://chromewebdata/"));
    }

    private string Origin => _host.Client.BaseAddress!.ToString();
}
