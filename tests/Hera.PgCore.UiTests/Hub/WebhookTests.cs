using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>A webhook's life in the Hub: made, tested, failing, found out why.</summary>
public sealed class WebhookTests
{
    private Scene _scene = null!;
    private RawReceiver _receiver = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _scene = await Scene.CreateAsync();
        _receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _scene.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task It_is_made_tested_and_its_attempt_appears()
    {
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}}""");
        var page = await _scene.SignInAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Create a webhook" }).First.ClickAsync();
        await page.GetByLabel("Address of the receiver").FillAsync(_receiver.Url);
        await page.GetByRole(AriaRole.Button, new() { Name = "shop.order.paid" }).ClickAsync();
        await Scene.CheckAsync(page, "webhook-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();

        Assert.That(await page.Locator("#secret").TextContentAsync(), Does.StartWith("whsec_"));
        await page.GetByRole(AriaRole.Link, new() { Name = "I have it" }).ClickAsync();
        Assert.That(await page.ContentAsync(), Does.Not.Contain("whsec_"), "a secret is shown once");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test event" }).ClickAsync();
        await page.Locator("#attempts .status", new() { HasText = "delivered" }).WaitForAsync();
        await Scene.CheckAsync(page, "webhook");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await page.Locator("#attempts tbody tr").Nth(1).WaitForAsync();

        Assert.That(await _scene.Database.ScalarAsync<int>("select count(*)::int from hera.attempts where status_code = 200"), Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task An_address_that_is_refused_says_why_and_keeps_what_was_typed()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/webhooks/new");
        await page.GetByLabel("Address of the receiver").FillAsync("http://10.0.0.1/hook");
        await page.GetByLabel("What it is for").FillAsync("the warehouse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.That(await page.GetByLabel("What it is for").InputValueAsync(), Is.EqualTo("the warehouse"));
        Assert.That(await _scene.Database.ScalarAsync<int>("select count(*)::int from hera.webhooks where url like '%10.0.0.1%'"), Is.Zero);
    }

    [Test]
    public async Task A_filter_is_tried_on_recent_events_before_it_is_saved()
    {
        await _scene.PostAsync("events", """{"event_source": "till", "event_type": "sale", "event_data": {"total": 50}}""");
        await _scene.PostAsync("events", """{"event_source": "till", "event_type": "sale", "event_data": {"total": 500}}""");
        var made = await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_receiver.Url}}}", "topics": ["till.*"]} }""");
        var id = made.Data["webhook"]!["id"]!.GetValue<string>();
        var page = await _scene.SignInAsync();
        await page.GotoAsync($"/settings/integrations/webhooks/{id}/edit");
        await page.GetByLabel("Filter").FillAsync("$.total > 100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it on recent events" }).ClickAsync();
        await page.GetByText("With this it would get 1 of").WaitForAsync();
        await Scene.CheckAsync(page, "webhook-edit");
        Assert.That(await _scene.Database.ScalarAsync<bool>($"select filter is null from hera.webhooks where id = '{id}'"), Is.True, "nothing is saved yet");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.WaitForURLAsync("**/webhooks/" + id);
        Assert.That(await _scene.Database.ScalarAsync<bool>($"select filter is null from hera.webhooks where id = '{id}'"), Is.False);
    }

    [Test]
    public async Task Its_retries_order_and_headers_are_set_and_a_stored_header_stays_as_it_is()
    {
        var made = await _scene.PostAsync("webhooks", $$$"""
            {"operation": "CREATE", "webhook_config": {"url": "{{{_receiver.Url}}}", "topics": ["never"], "headers": {"X-Kept": "kept-value-1", "X-Gone": "gone-value-1"} } }
            """);
        var id = made.Data["webhook"]!["id"]!.GetValue<string>();
        var page = await _scene.SignInAsync();
        await page.GotoAsync($"/settings/integrations/webhooks/{id}/edit");
        await page.GetByText("Retries, limits, order and headers").ClickAsync();
        await page.GetByLabel("Attempts").FillAsync("7");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Order" }).SelectOptionAsync("fifo");
        var headers = await page.GetByLabel("Headers").InputValueAsync();
        Assert.That(headers, Does.Contain("X-Kept: ••••").And.Not.Contain("kept-value"));
        await page.GetByLabel("Headers").FillAsync(headers.Split('\n').Single(line => line.StartsWith("X-Kept", StringComparison.Ordinal)) + "\nX-New: new-value-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.WaitForURLAsync("**/webhooks/" + id);

        Assert.That(
            await _scene.Database.ScalarAsync<string>($"select max_attempts || ' ' || ordering from hera.webhooks where id = '{id}'"), Is.EqualTo("7 fifo"));
        await using var connection = await Hera.PgCore.Tests.Sql.SqlTestFiles.OpenAsync(_scene.Database, options: $"-c hera.encryption_key={Hera.PgCore.Tests.Http.TestHost.EncryptionKey}");
        await using var command = new Npgsql.NpgsqlCommand($"select hera_internal.unseal(sealed) from hera.secrets where entity_id = '{id}' and name = 'headers'", connection);
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo("""{"X-New": "new-value-1", "X-Kept": "kept-value-1"}"""));
    }

    [Test]
    public async Task A_new_secret_is_shown_once_and_the_time_of_the_old_one_runs_down()
    {
        var made = await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_receiver.Url}}}", "topics": ["never"]} }""");
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/webhooks/" + made.Data["webhook"]!["id"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "New secret" }).ClickAsync();
        Assert.That(await page.Locator("#secret").TextContentAsync(), Does.StartWith("whsec_").And.Not.EqualTo(made.Data["webhook"]!["secret"]!.GetValue<string>()));
        var before = await page.Locator("[data-until]").TextContentAsync();
        Assert.That(before, Does.Match("^(24:00:00|23:59:[0-9]{2}) left$"));
        await Assertions.Expect(page.Locator("[data-until]")).Not.ToHaveTextAsync(before!);
    }

    [Test]
    public async Task A_member_sees_webhooks_and_is_offered_no_change()
    {
        var member = await Hera.PgCore.Tests.Http.Tenant.JoinAsync(_scene.Database, _scene.Tenant.Organization, "member", "member@example.com");
        var made = await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_receiver.Url}}}", "topics": ["never"]} }""");
        var id = made.Data["webhook"]!["id"]!.GetValue<string>();
        var page = await _scene.SignInAsync(member);
        await page.GotoAsync("/settings/integrations/webhooks/" + id);

        Assert.That(await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync(), Is.EqualTo(_receiver.Url));
        Assert.That(await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Of_another_organization_nothing_is_seen()
    {
        var other = await Hera.PgCore.Tests.Http.Tenant.CreateAsync(_scene.Database);
        var made = await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_receiver.Url}}}", "topics": ["never"]} }""");
        var page = await _scene.SignInAsync(other);
        var response = await page.GotoAsync($"/settings/integrations/webhooks/{made.Data["webhook"]!["id"]}?organization={_scene.Tenant.Organization}");

        Assert.That(response!.Status, Is.EqualTo(404));
        Assert.That(await page.ContentAsync(), Does.Not.Contain(_receiver.Url));
    }

    [Test]
    public async Task A_form_without_its_token_does_nothing()
    {
        var made = await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_receiver.Url}}}", "topics": ["never"]} }""");
        var id = made.Data["webhook"]!["id"]!.GetValue<string>();
        var page = await _scene.SignInAsync();
        var answer = await page.Context.APIRequest.PostAsync("/settings/integrations/webhooks/" + id, new()
        {
            Form = page.Context.APIRequest.CreateFormData().Set("_handler", "deactivate"),
        });

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(await _scene.Database.ScalarAsync<string>($"select status from hera.webhooks where id = '{id}'"), Is.EqualTo("active"));
    }
}
