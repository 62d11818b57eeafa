using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>Deliveries that were given up, and sending them again.</summary>
public sealed class FailureTests
{
    [Test]
    public async Task A_delivery_that_was_given_up_is_sent_again_once_the_receiver_is_mended()
    {
        await using var scene = await Scene.CreateAsync();
        var requests = 0;
        await using var receiver = RawReceiver.Start((_, stream) => RawReceiver.WriteAsync(
            stream, Interlocked.Increment(ref requests) == 1 ? "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{receiver.Url}}}", "topics": ["shop.*"], "retry_policy": {"max_attempts": 1} } }""");
        await scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {}}""");
        var page = await scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/failures");
        for (var tries = 0; await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).CountAsync() == 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100), await page.Locator("main").TextContentAsync());
            await page.ReloadAsync();
        }

        await Scene.CheckAsync(page, "failures");
        await page.GetByRole(AriaRole.Link, new() { Name = "1 deliveries of this cause" }).ClickAsync();
        await page.WaitForURLAsync("**cause=500**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await page.GetByText("It is on its way again.").WaitForAsync();
        for (var tries = 0; await scene.Database.ScalarAsync<int>("select count(*)::int from hera.attempts where status_code = 200") == 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100), "it was delivered");
            await Task.Delay(100);
        }

        Assert.That(scene.Complaints, Is.Empty);
    }
}
