using Hera.PgCore.Tests.Http;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.ControlCenter;

/// <summary>What platform admins see, and others do not.</summary>
public sealed class ControlCenterTests
{
    private const string Root = "/platform/integrations/control-center";

    private Scene _scene = null!;
    private Tenant _admin = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        // Nobody delivers, so that the queue stays full.
        _scene = await Scene.CreateAsync(new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _admin = await Tenant.JoinAsync(_scene.Database, Guid.Empty, "platform_admin", "root@example.com");
        await _scene.PostAsync("webhooks", """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:9/hook", "topics": ["shop.*"]} }""");
        for (var order = 0; order < 3; order++)
            await _scene.PostAsync("events", $$"""{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": {{order}}} }""");
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task The_tenant_that_fills_the_queue_is_found_in_two_clicks()
    {
        var page = await _scene.SignInAsync(_admin);
        await page.GetByRole(AriaRole.Link, new() { Name = "Control Center" }).ClickAsync();
        Assert.That(await page.Locator(".headline").TextContentAsync(), Does.Match("^[0-9]+ (s|min)$"), "how long the oldest has been due");
        await page.GetByRole(AriaRole.Link, new() { Name = "Who fills the queue?" }).ClickAsync();

        var name = await _scene.Database.ScalarAsync<string>($"select organization_name from hera.core_organizations where id = '{_scene.Tenant.Organization}'");
        Assert.That(await page.Locator("tbody tr").First.TextContentAsync(), Does.Contain(name).And.Contain("3"));
    }

    [Test]
    public async Task The_chain_of_the_audit_trail_is_checked()
    {
        var page = await _scene.SignInAsync(_admin);
        await page.GotoAsync(Root + "/audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the chain" }).ClickAsync();

        await page.GetByText("The chain is intact").WaitForAsync();
    }

    [Test]
    public async Task A_definition_with_a_fault_is_refused_with_its_place_and_a_sound_one_is_stored()
    {
        var page = await _scene.SignInAsync(_admin);
        await page.GotoAsync(Root + "/connectors/new");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Code a part" }).FillAsync("acme-orders");
        var sound = await page.GetByLabel("Definition").InputValueAsync();
        await page.GetByLabel("Definition").FillAsync(sound.Replace("$.id", "$.[", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        Assert.That(await page.GetByRole(AriaRole.Alert).TextContentAsync(), Does.Contain("connector_config.inbound.events"));
        Assert.That(await page.GetByLabel("Definition").InputValueAsync(), Does.Contain("$.["), "what was typed is kept");

        await page.GetByLabel("Definition").FillAsync(sound);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await page.WaitForURLAsync("**/connectors/acme-orders");
        Assert.That(await _scene.Database.ScalarAsync<int>("select count(*)::int from core_entities where entity_code = 'acme-orders'"), Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("/connectors/new")]
    [TestCase("/load")]
    [TestCase("/workers")]
    [TestCase("/retention")]
    [TestCase("/keys")]
    [TestCase("/dead-letters")]
    [TestCase("/installations")]
    [TestCase("/organizations")]
    [TestCase("/connectors")]
    [TestCase("/database")]
    [TestCase("/audit")]
    public async Task Who_is_no_platform_admin_is_refused(string address)
    {
        var page = await _scene.SignInAsync();
        var response = await page.GotoAsync(Root + address);
        var name = await _scene.Database.ScalarAsync<string>($"select organization_name from hera.core_organizations where id = '{_scene.Tenant.Organization}'");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response!.Status, Is.EqualTo(403));
            Assert.That(await page.Locator("main").TextContentAsync(), Does.Not.Contain(name));
            Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "Control Center" }).CountAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task A_member_of_the_platform_who_is_no_admin_is_not_shown_the_way_and_refused()
    {
        var page = await _scene.SignInAsync(await Tenant.JoinAsync(_scene.Database, Guid.Empty, "integration_manager", "helper@example.com"));
        Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "Control Center" }).CountAsync(), Is.Zero);
        foreach (var address in (string[])["", "/connectors", "/audit"])
        {
            var response = await page.GotoAsync(Root + address);
            Assert.That(response!.Status, Is.EqualTo(403), address);
            Assert.That(await page.Locator("main table").CountAsync(), Is.Zero, address);
        }
    }

    [Test]
    public async Task A_refusal_is_recorded_in_the_audit_trail()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync(Root);
        for (var tries = 0; await _scene.Database.ScalarAsync<int>("select count(*)::int from hera.audit_log where operation = 'REFUSED' and function_name = 'hera_platform_authorize_v1'") == 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100));
            await Task.Delay(100);
        }
    }

    [Test]
    public async Task Every_page_is_readable_in_both_themes_and_widths()
    {
        var page = await _scene.SignInAsync(_admin);
        foreach (var name in (string[])["", "/load", "/workers", "/dead-letters", "/connectors", "/connectors/stripe", "/connectors/new", "/installations", "/organizations", "/retention", "/keys", "/database", "/audit"])
        {
            await page.GotoAsync(Root + name);
            await Scene.CheckEverywhereAsync(page, "control-center" + name.Replace('/', '-'));
        }
    }
}
