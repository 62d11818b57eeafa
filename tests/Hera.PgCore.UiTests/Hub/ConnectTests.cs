using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>Connecting at a provider that is a process of its own, on a site of its own: there, and back again.</summary>
public sealed class ConnectTests
{
    private FakeProvider _provider = null!;
    private Scene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _provider = await FakeProvider.StartAsync();
        // A port that is known before the start: the address that the provider leads back to is the public one.
        _scene = await Scene.CreateAsync(new() { ["HERA_URLS"] = $"http://127.0.0.1:{RedisServer.FreePort()}" });
        var vars = _provider.Vars("hubspot");
        vars["app_url"] = $"http://localhost:{new Uri(_provider.Url).Port}/hubspot";
        await _scene.PointAsync("hubspot-crm", vars);
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _scene.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task A_secret_that_the_sender_needs_is_made_and_shown_once()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/connectors/zapier-webhook");
        await page.GetByLabel("Webhook URL https:").FillAsync("https://hooks.zapier.com/hooks/catch/1/abcd/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Install" }).ClickAsync();
        await page.GetByText("It is installed.").WaitForAsync();
        var made = await page.Locator(".secret code").TextContentAsync();
        await Scene.CheckAsync(page, "connector-secret-made");
        var id = await _scene.Database.ScalarAsync<Guid>("select id from hera.core_entities where entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and entity_code = 'zapier-webhook'");
        Task<Answer> SendAsync(string token) => _scene.Host.PostAsync($"/api/v2/integrations/inbound/zapier-webhook/{id}", null, """{"id": "evt_01"}""", ("X-Hera-Token", token));
        Assert.That((await SendAsync(made!)).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("another")).Status, Is.EqualTo(401));

        await page.GotoAsync("/settings/integrations/connectors/zapier-webhook");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(made!));
    }

    [Test]
    public async Task A_refusal_there_is_a_sentence_here_and_an_agreement_connects()
    {
        var page = await _scene.SignInAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Connectors" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "HubSpot" }).ClickAsync();
        await page.GetByLabel("Client ID").FillAsync("hubspot-app");
        await page.GetByLabel("Client secret").FillAsync("hubspot-secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Install" }).ClickAsync();
        await page.GetByText("It is installed.").WaitForAsync();
        Assert.That(await page.ContentAsync(), Does.Not.Contain("hubspot-secret"), "a secret is not shown again, to whoever typed it neither");
        Assert.That(await StatusAsync(page), Is.EqualTo("pending auth"));

        await _provider.SetAppAsync("hubspot", new { denied = "access_denied" });
        await ConnectButton(page).ClickAsync();
        await page.WaitForURLAsync("**/connectors/hubspot-crm?*result=failed*");
        Assert.That(await page.GetByRole(AriaRole.Alert).TextContentAsync(), Does.Contain("somebody said no"));
        await Scene.CheckAsync(page, "connector-refused");

        await _provider.SetAppAsync("hubspot", new { denied = "" });
        await ConnectButton(page).ClickAsync();
        await page.WaitForURLAsync("**/connectors/hubspot-crm?*result=authorized*");
        await page.GetByText("It is connected.").WaitForAsync();
        await Scene.CheckAsync(page, "connector-connected");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(page), Is.EqualTo("active"));
            Assert.That(await ConnectButton(page).CountAsync(), Is.Zero);
            Assert.That(await page.GetByLabel("Portal ID").InputValueAsync(), Is.EqualTo("33"), "as the provider has told");
            Assert.That(await _provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(1), "the refusal asked for none");
        }
    }

    private static ILocator ConnectButton(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Connect to HubSpot" });

    private static async Task<string?> StatusAsync(IPage page) => await page.Locator(".title .status").TextContentAsync();
}
