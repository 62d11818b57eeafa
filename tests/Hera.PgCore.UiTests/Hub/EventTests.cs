using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>Finding an event in the Hub and what became of it.</summary>
public sealed class EventTests
{
    private Scene _scene = null!;
    private RawReceiver _failing = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _scene = await Scene.CreateAsync();
        _failing = RawReceiver.StartWith("HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\nno memory");
        await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_failing.Url}}}", "topics": ["shop.*"], "retry_policy": {"max_attempts": 1} } }""");
        await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_failing.Url}}}", "topics": ["stock.*"]} }""");
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17, "note": "<b>bold</b>"}}""");
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _scene.DisposeAsync();
        await _failing.DisposeAsync();
    }

    [Test]
    public async Task It_tells_of_each_webhook_what_became_of_it_or_why_it_was_not_sent()
    {
        var page = await _scene.SignInAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "shop.order.paid" }).ClickAsync();
        // The attempt may still be under way.
        for (var tries = 0; await page.GetByText("All attempts failed.").CountAsync() == 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100), await page.Locator(".timeline").TextContentAsync());
            await page.ReloadAsync();
        }

        await page.GetByText("Attempt 1").ClickAsync();
        await page.GetByText("no memory").WaitForAsync();
        Assert.That(await page.Locator(".timeline").TextContentAsync(), Does.Contain("The webhook does not ask for this topic."));
        Assert.That(await page.Locator(".json").Last.TextContentAsync(), Does.Contain("<b>bold</b>"));
        await Scene.CheckEverywhereAsync(page, "event");
    }

    [Test]
    public async Task A_long_name_breaks_on_a_narrow_screen()
    {
        var type = string.Join('.', Enumerable.Repeat("upsert_contact", 6));
        var id = (await _scene.PostAsync("events", $$"""{"event_source": "crm", "event_type": "{{type}}", "event_data": {} }""")).Data["event_id"]!.GetValue<string>();
        var page = await _scene.SignInAsync(width: 360);
        await page.GotoAsync("/settings/integrations/events/" + id);
        await page.GetByRole(AriaRole.Heading, new() { Name = type }).WaitForAsync();

        await Scene.CheckAsync(page, "event-long");
    }

    [Test]
    public async Task It_is_found_by_a_text_in_its_payload()
    {
        await _scene.PostAsync("events", """{"event_source": "crm", "event_type": "contact.created", "event_data": {"email": "Zoë@example.com"}}""");
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/events");
        await page.GetByLabel("Text in the payload").FillAsync("zoë@");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.WaitForURLAsync("**search=**");

        Assert.That(await page.Locator("tbody a").AllTextContentsAsync(), Is.EqualTo(["crm.contact.created"]));
    }

    [Test]
    public async Task A_delivery_is_sent_once_more_from_its_event()
    {
        await using var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{receiver.Url}}}", "topics": ["till.*"]} }""");
        var id = (await _scene.PostAsync("events", """{"event_source": "till", "event_type": "sale", "event_data": {}}""")).Data["event_id"]!.GetValue<string>();
        var attempts = $"select count(*)::int from hera.attempts where hera_internal.delivery_event_id(delivery_id) = '{id}'";
        Assert.That(await Eventually.Async(() => _scene.Database.ScalarAsync<int>(attempts), count => count == 1, 20), Is.EqualTo(1));
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/events/" + id);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again to " + receiver.Url }).ClickAsync();

        await page.GetByRole(AriaRole.Status).WaitForAsync();
        Assert.That(await Eventually.Async(() => _scene.Database.ScalarAsync<int>(attempts), count => count == 2, 20), Is.EqualTo(2));
    }

    [Test]
    public async Task A_search_that_finds_nothing_leads_back()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/events?source=nowhere");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all events" }).ClickAsync();

        Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "shop.order.paid" }).CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Watching_live_shows_what_comes_in()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/events");
        await page.GetByRole(AriaRole.Link, new() { Name = "Watch live" }).ClickAsync();
        await _scene.PostAsync("events", """{"event_source": "live", "event_type": "seen", "event_data": {}}""");

        await page.GetByRole(AriaRole.Link, new() { Name = "live.seen" }).WaitForAsync();
    }
}
