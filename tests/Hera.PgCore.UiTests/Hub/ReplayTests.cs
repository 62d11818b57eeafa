using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>Planning a replay: counted, begun, seen through.</summary>
public sealed class ReplayTests
{
    [Test]
    public async Task What_a_webhook_missed_is_counted_and_sent()
    {
        await using var scene = await Scene.CreateAsync();
        await using var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        for (var order = 0; order < 3; order++)
            await scene.PostAsync("events", $$"""{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": {{order}}} }""");
        var made = await scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{receiver.Url}}}", "topics": ["shop.*"]} }""");
        var page = await scene.SignInAsync();
        await page.GotoAsync($"/settings/integrations/webhooks/{made.Data["webhook"]!["id"]}/replay");
        await page.GetByLabel("What it missed").CheckAsync();
        await page.GetByLabel("Events since").FillAsync(DateTime.UtcNow.AddHours(-1).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Count first" }).ClickAsync();
        await page.GetByText("It would send 3 deliveries.").WaitForAsync();
        Assert.That(await scene.Database.ScalarAsync<int>("select count(*)::int from hera.replay_jobs"), Is.Zero);

        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.Locator("#jobs .status", new() { HasText = "completed" }).WaitForAsync();
        await Scene.CheckAsync(page, "replay");
        for (var tries = 0; await scene.Database.ScalarAsync<int>("select count(*)::int from hera.attempts where status_code = 200") < 3; tries++)
        {
            Assert.That(tries, Is.LessThan(100), "all three were delivered");
            await Task.Delay(100);
        }

        Assert.That(scene.Complaints, Is.Empty);
    }
}
