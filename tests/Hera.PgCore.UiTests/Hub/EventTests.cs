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

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Assert.That(_scene.Complaints, Is.Empty);
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
        await Scene.CheckAsync(page, "event");
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
