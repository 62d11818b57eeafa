using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>A host with an organization, and a reader with a browser.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private Scene(TestDatabase database, TestHost host, Tenant tenant)
    {
        Database = database;
        Host = host;
        Tenant = tenant;
    }

    public TestDatabase Database { get; }

    public TestHost Host { get; }

    /// <summary>The organization, with an admin.</summary>
    public Tenant Tenant { get; }

    public static async Task<Scene> CreateAsync(Dictionary<string, string>? variables = null)
    {
        var database = await TestDatabase.CreateAsync();
        var host = await StartHostAsync(database, variables);
        return new Scene(database, host, await Tenant.CreateAsync(database));
    }

    /// <summary>A host that has written its settings, so that webhooks may go to receivers of the tests.</summary>
    public static async Task<TestHost> StartHostAsync(TestDatabase database, Dictionary<string, string>? variables = null)
    {
        var host = await TestHost.StartAsync(database, variables);
        await Eventually.Async(() => database.ScalarAsync<string>("select hera_internal.platform_settings() #>> '{webhook,allow_http}'"), allowed => allowed == "true", 20);
        return host;
    }

    /// <summary>A page of a browser that has signed in, as <paramref name="tenant"/> or as the admin; at another host where one is given.</summary>
    public async Task<IPage> SignInAsync(Tenant? tenant = null, ColorScheme scheme = ColorScheme.Light, int width = 1280, TestHost? host = null, string? timezone = null)
    {
        var page = await OpenAsync(scheme, width, host, timezone);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Token").FillAsync((tenant ?? Tenant).Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        // Asked for, not listened to: of a page that was quick, the event that tells of its end may have passed.
        await page.WaitForFunctionAsync("() => location.pathname === '/settings/integrations' && document.readyState === 'complete'");
        return page;
    }

    /// <summary>A page of a browser of its own; whatever its console complains of fails the test.</summary>
    public async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280, TestHost? host = null, string? timezone = null)
    {
        var page = await Browser.OpenAsync(new BrowserNewContextOptions
        {
            BaseURL = (host ?? Host).Client.BaseAddress!.ToString(),
            ColorScheme = scheme,
            TimezoneId = timezone,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        return page;
    }

    /// <summary>Errors of scripts and violations of the content security policy.</summary>
    public List<string> Complaints { get; } = [];

    public async Task<Answer> PostAsync(string path, string body)
    {
        var answer = await Host.PostAsync("/api/v2/integrations/" + path, Tenant.Token, body, Tenant.Header);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer;
    }

    /// <summary>Has a definition of the platform point elsewhere.</summary>
    public Task PointAsync(string connectorCode, JsonObject vars) => Database.ExecuteAsync($"""
        select hera_integration_connector_v1(
          '{Hera.PgCore.Tests.Http.Tenant.SystemActor}', '{Guid.Empty}', 'UPDATE_DEFINITION', null, '{connectorCode}', '{new JsonObject { ["vars"] = vars }.ToJsonString()}')
        """);

    /// <summary>Checks the page in both themes, wide and narrow, without asking for it again.</summary>
    public static async Task CheckEverywhereAsync(IPage page, string picture)
    {
        foreach (var width in (int[])[1280, 360])
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                // Of a theme nothing but the colours is its own.
                await CheckAsync(page, $"{picture}-{scheme}-{width}".ToLowerInvariant(), scheme == ColorScheme.Light ? Axe.Everything : Axe.Colours);
            }
        }
    }

    /// <summary>Looks at the page as somebody who cannot see it (WCAG 2.2 AA), and at whether it fits its width; keeps a picture of it.</summary>
    public static async Task CheckAsync(IPage page, string picture, string rules = Axe.Everything)
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots"));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder.FullName, picture + ".png"), FullPage = true });
        var violations = await Axe.ViolationsAsync(page, rules);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(violations, Is.Empty, picture);
            Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), Is.True, $"{picture} fits its width");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }
}
