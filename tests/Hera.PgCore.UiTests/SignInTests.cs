using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>Who gets to the pages, and where the sign-in leads.</summary>
public sealed class SignInTests
{
    private Scene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _scene = await Scene.CreateAsync();

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_page_asks_for_a_sign_in_and_is_shown_after_it()
    {
        var page = await _scene.OpenAsync();
        await page.GotoAsync("/settings/integrations/webhooks");
        await Scene.CheckAsync(page, "sign-in");
        await page.GetByLabel("Token").FillAsync(_scene.Tenant.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.WaitForURLAsync("**/settings/integrations/webhooks");
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example/")]
    [TestCase("/\\elsewhere.example/")]
    [TestCase("/\t/elsewhere.example/")]
    public async Task The_sign_in_leads_nowhere_else(string destination)
    {
        var page = await _scene.OpenAsync();
        await page.GotoAsync("/sign-in?return=" + Uri.EscapeDataString(destination));
        await page.GetByLabel("Token").FillAsync(_scene.Tenant.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.WaitForURLAsync("**/settings/integrations");
    }

    [Test]
    public async Task A_token_that_is_not_valid_is_refused_with_a_sentence()
    {
        var page = await _scene.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Token").FillAsync(_scene.Tenant.Token + "x");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.That((await page.Context.CookiesAsync()).Select(cookie => cookie.Name), Does.Not.Contain("hera-session"));
    }

    [Test]
    public async Task Signing_out_ends_the_session()
    {
        var page = await _scene.SignInAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GotoAsync("/settings/integrations");

        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/sign-in"));
    }

    [Test]
    public async Task Nobody_is_signed_out_by_a_form_of_somebody_else()
    {
        var page = await _scene.SignInAsync();
        var answer = await page.Context.APIRequest.PostAsync("/sign-out");
        await page.GotoAsync("/settings/integrations");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/settings/integrations"));
    }

    [Test]
    public async Task Every_page_is_readable_in_both_themes_and_widths()
    {
        var page = await _scene.SignInAsync();
        foreach (var name in (string[])["", "/events", "/webhooks", "/webhooks/new", "/connectors", "/connectors/hubspot-crm", "/failures", "/api-keys", "/verify"])
        {
            await page.GotoAsync("/settings/integrations" + name);
            await Scene.CheckEverywhereAsync(page, "hub" + name.Replace('/', '-'));
        }
    }
}
