using System.Globalization;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>
/// Somebody who has never seen the Hub comes to its first page and finds the rest by what stands on the pages: roles, labels and links;
/// no address is typed and no document read.
/// </summary>
public sealed class FirstVisitTests
{
    private FakeProvider _provider = null!;
    private Scene _scene = null!;
    private RawReceiver _receiver = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _provider = await FakeProvider.StartAsync();
        _scene = await Scene.CreateAsync();
        await _scene.PointAsync("whatsapp-business-cloud", _provider.Vars("whatsapp"));
        _receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _scene.DisposeAsync();
        await _receiver.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task WhatsApp_is_installed_a_webhook_made_and_tested_and_a_delivery_that_is_missing_explained_and_made_up_for()
    {
        var page = await _scene.OpenAsync();
        await page.GotoAsync("/settings/integrations");
        await page.GetByLabel("Token").FillAsync(_scene.Tenant.Token);
        await Button(page, "Sign in").ClickAsync();

        await Link(page, "Connectors").ClickAsync();
        await Link(page, "WhatsApp").ClickAsync();
        foreach (var (label, value) in new[]
        {
            ("Access token", "EAAG-token"), ("Phone number ID", "106540352242922"), ("Business account ID", "102290129340398"), ("Webhook verify token", "a word of mine"), ("App secret", "a secret"),
        })
            await page.GetByLabel(label).FillAsync(value);
        await Button(page, "Install").ClickAsync();
        await page.GetByText("It is installed.").WaitForAsync();
        Assert.That(await page.Locator(".title .status").TextContentAsync(), Is.EqualTo("active"));

        await Link(page, "Webhooks").ClickAsync();
        await Link(page, "Create a webhook").ClickAsync();
        await page.GetByLabel("Address of the receiver").FillAsync(_receiver.Url);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Topics" }).FillAsync("orders.*");
        await Button(page, "Create").ClickAsync();
        await Link(page, "I have it").ClickAsync();
        await Button(page, "Send a test event").ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "delivered" }).WaitForAsync();

        // The shop writes its topics otherwise than it was thought.
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}}""");
        await Link(page, "Events").ClickAsync();
        await Link(page, "shop.order.paid").ClickAsync();
        await page.GetByText("Not sent. The webhook does not ask for this topic.").WaitForAsync();
        Assert.That(await page.GetByRole(AriaRole.Main).TextContentAsync(), Does.Contain("orders.*"), "what the webhook asks for stands beside what came");

        await Link(page, _receiver.Url).ClickAsync();
        await Link(page, "Edit").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Topics" }).FillAsync("shop.order.*");
        await Button(page, "Try it on recent events").ClickAsync();
        await page.GetByText("With this it would get 1 of").WaitForAsync();
        await Button(page, "Save").ClickAsync();

        // What comes from now on is sent; what was missed has to be asked for.
        await Link(page, "Replay").ClickAsync();
        await page.GetByLabel("What it missed").CheckAsync();
        await page.GetByLabel("Events since").FillAsync(DateTime.UtcNow.AddHours(-1).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        await Button(page, "Count first").ClickAsync();
        await page.GetByText("It would send 1 delivery.").WaitForAsync();
        await Button(page, "Begin").ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "completed" }).WaitForAsync();

        await Link(page, "Events").ClickAsync();
        await Link(page, "shop.order.paid").ClickAsync();
        await AwaitAsync(page, page.GetByText("1 attempt, the last answered 200"));
        Assert.That(
            _receiver.Requests.Select(request => (request.Header("X-HERA-TOPIC"), request.Header("X-HERA-ATTEMPT"))),
            Is.EqualTo(new[] { ("hera.webhook.test", "1"), ("shop.order.paid", "1") }));
    }

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name }).First;

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>As somebody does who waits: by looking again.</summary>
    private static async Task AwaitAsync(IPage page, ILocator wanted)
    {
        for (var tries = 0; await wanted.CountAsync() == 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100), await page.GetByRole(AriaRole.Main).TextContentAsync());
            await page.ReloadAsync();
        }
    }
}
