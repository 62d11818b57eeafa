using System.Web;
using Hera.PgCore.Tests.Http;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Session;

/// <summary>Signing in at an OpenID Connect authority that is a server of its own, in production.</summary>
public sealed class OidcSignInTests
{
    private OidcScene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _scene = await OidcScene.CreateAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [SetUp]
    public void Reset() => _scene.Reset();

    [Test]
    public async Task Who_agrees_there_gets_to_the_page_that_was_asked_for_and_out_again()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/settings/integrations/webhooks?organization=" + _scene.Tenant.Organization);
        await Scene.CheckAsync(page, "sign-in-oidc");
        await SignInLink(page).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Agree" }).ClickAsync();

        await page.WaitForURLAsync("**/settings/integrations/webhooks?organization=" + _scene.Tenant.Organization);
        Assert.That(await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync(), Is.EqualTo("Webhooks"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        Assert.That((await page.Context.CookiesAsync()).Select(cookie => cookie.Name), Does.Not.Contain("hera-session"));
    }

    [Test]
    public async Task The_organization_of_the_token_is_shown_first()
    {
        var other = await Tenant.CreateAsync(_scene.Database);
        await Tenant.JoinAsync(_scene.Database, other.Organization, "member", _scene.Tenant.Subject);
        foreach (var organization in new[] { _scene.Tenant.Organization, other.Organization })
        {
            _scene.Authority.Change = token => token.Claims["org_id"] = organization.ToString();
            var page = await OpenAsync();
            await AgreeAsync(page, "/sign-in");

            await page.WaitForURLAsync("**/settings/integrations");
            Assert.That(await page.GetByLabel("Organization").InputValueAsync(), Is.EqualTo(organization.ToString()));
        }
    }

    [Test]
    public async Task Somebody_unknown_reads_the_same_sentence_as_with_a_token()
    {
        _scene.Authority.Subject = "<b>nobody</b>@example.com";
        var page = await OpenAsync();
        await AgreeAsync(page, "/settings/integrations/events");
        var sentence = await RefusalAsync(page);
        await SignInLink(page).ClickAsync();
        _scene.Authority.Subject = _scene.Tenant.Subject;
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Agree" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/integrations/events");

        await using var tokenHost = await TestHost.StartAsync(_scene.Database);
        var other = await OpenAsync(tokenHost);
        await other.GotoAsync("/sign-in");
        await other.GetByLabel("Token").FillAsync(Tokens.For("<b>nobody</b>@example.com"));
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        Assert.That(await RefusalAsync(other), Is.EqualTo(sentence).And.Contain("<b>nobody</b>@example.com"));
    }

    [Test]
    public async Task Who_refuses_there_is_told_and_may_begin_again()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/settings/integrations/events");
        await SignInLink(page).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Refuse" }).ClickAsync();
        await RefusalAsync(page);

        await SignInLink(page).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Agree" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/integrations/events");
    }

    [Test]
    public async Task A_refusal_of_somebody_elses_making_is_not_shown()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/sign-in?refusal=Call+0900-12345");

        Assert.That(await page.GetByRole(AriaRole.Alert).CountAsync(), Is.Zero);
    }

    [Test]
    public async Task No_token_is_asked_for_and_none_is_taken()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/sign-in");
        Assert.That(await page.GetByLabel("Token").CountAsync(), Is.Zero);

        // The form of a host that takes tokens, filled in and sent here; both protect their forms with the same key.
        await using var tokenHost = await TestHost.StartAsync(_scene.Database);
        var other = await OpenAsync(tokenHost);
        await other.GotoAsync("/sign-in");
        var formToken = await other.Locator("input[name=__RequestVerificationToken]").GetAttributeAsync("value");
        foreach (var host in new[] { _scene.Host, tokenHost })
        {
            var request = other.Context.APIRequest;
            var answer = await request.PostAsync(host.Client.BaseAddress + "sign-in", new()
            {
                Form = request.CreateFormData().Set("_handler", "sign-in").Set("__RequestVerificationToken", formToken!).Set("Token", _scene.Tenant.Token),
                MaxRedirects = 0,
            });
            Assert.That(answer.Status, Is.EqualTo(host == tokenHost ? 302 : 400));
            Assert.That(answer.Headers.GetValueOrDefault("set-cookie", ""), host == tokenHost ? Does.Contain("hera-session=") : Does.Not.Contain("hera-session="));
        }
    }

    [Test]
    public async Task In_development_both_ways_are_open()
    {
        await using var host = await _scene.StartHostAsync(isDevelopment: true);
        var page = await OpenAsync(host);
        await page.GotoAsync("/sign-in");
        await Scene.CheckAsync(page, "sign-in-both");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SignInLink(page).CountAsync(), Is.EqualTo(1));
            Assert.That(await page.GetByLabel("Token").CountAsync(), Is.EqualTo(1));
        }
    }

    [TestCase("HERA_TRUSTED_PROXIES", "127.0.0.0/8")]
    [TestCase("HERA_PUBLIC_URL", "https://hera.example.com")]
    public async Task Behind_a_proxy_that_ends_TLS_the_browser_comes_back_to_the_proxy(string name, string value)
    {
        await using var host = await _scene.StartHostAsync(new() { [name] = value });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in/begin");
        request.Headers.Host = "hera.example.com";
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using var answer = await client.SendAsync(request);

        Assert.That(HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["redirect_uri"], Is.EqualTo("https://hera.example.com/sign-in/callback"));
        if (name == "HERA_TRUSTED_PROXIES")
            Assert.That(answer.Headers.GetValues("Set-Cookie"), Is.Not.Empty.And.All.Contain("secure").IgnoreCase);
    }

    [Test]
    public async Task An_authority_that_is_away_is_named_on_the_page()
    {
        await using var host = await _scene.StartHostAsync(new() { ["HERA_JWT_AUTHORITY"] = "https://127.0.0.1:9" });
        var page = await OpenAsync(host);
        await page.GotoAsync("/sign-in");
        await SignInLink(page).ClickAsync();

        Assert.That(await RefusalAsync(page), Does.Contain("127.0.0.1"));
        Assert.That((await host.GetAsync("/livez")).Status, Is.EqualTo(200), "and nothing else is hindered");
    }

    private static ILocator SignInLink(IPage page) => page.GetByRole(AriaRole.Link, new() { Name = "Sign in with 127.0.0.1" });

    private static async Task AgreeAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await SignInLink(page).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Agree" }).ClickAsync();
    }

    /// <summary>The sentence that the sign-in shows, and that there is no session.</summary>
    private static async Task<string> RefusalAsync(IPage page)
    {
        await page.WaitForURLAsync("**/sign-in*");
        var sentence = await page.GetByRole(AriaRole.Alert).TextContentAsync();
        Assert.That((await page.Context.CookiesAsync()).Select(cookie => cookie.Name), Does.Not.Contain("hera-session"));
        return sentence!;
    }

    private Task<IPage> OpenAsync(TestHost? host = null) => Browser.OpenAsync(new BrowserNewContextOptions
    {
        BaseURL = (host ?? _scene.Host).Client.BaseAddress!.ToString(),
        IgnoreHTTPSErrors = true,
    });
}
