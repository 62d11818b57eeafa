using System.Text.Json;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>The pages by keyboard alone: Tab, Enter and Space; where one is can be seen, and nothing takes one away from there.</summary>
public sealed class KeyboardTests
{
    private Scene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _scene = await Scene.CreateAsync();
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17} }""");
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_webhook_is_made()
    {
        var page = await _scene.SignInAsync();
        await TabToAsync(page, "Webhooks");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/webhooks");
        await TabToAsync(page, "Create a webhook");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/webhooks/new");
        await TabToAsync(page, "Address of the receiver");
        await page.Keyboard.TypeAsync("http://127.0.0.1:9/hook");
        await TabToAsync(page, "What it is for");
        await page.Keyboard.TypeAsync("by keyboard");
        await TabToAsync(page, "shop.order.paid");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "Create");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "The webhook is made" }).WaitForAsync();
        await TabToAsync(page, "I have it");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/webhooks/*-*");

        Assert.That(
            await _scene.Database.ScalarAsync<string>("select topics::text || ' ' || url from hera.webhooks where organization_id = '" + _scene.Tenant.Organization + "'"),
            Is.EqualTo("{shop.order.paid} http://127.0.0.1:9/hook"));
    }

    [Test]
    public async Task The_first_step_leads_past_the_navigation()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/events");
        await page.Keyboard.PressAsync("Tab");
        Assert.That(await NameAsync(page), Is.EqualTo("Skip to content"));
        await AssertSeenAsync(page);
        await page.Keyboard.PressAsync("Enter");
        Assert.That(await page.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("content"));

        await page.Keyboard.PressAsync("Tab");
        Assert.That(await page.EvaluateAsync<bool>("() => document.activeElement === document.querySelector('main :is(a, button, input, select)')"), Is.True, "the first field of the content");
    }

    [Test]
    public async Task Watching_live_takes_nobody_away_from_where_they_are()
    {
        var page = await _scene.SignInAsync();
        await page.GotoAsync("/settings/integrations/events?live=1");
        await page.GetByLabel("Type").FocusAsync();
        await page.Keyboard.TypeAsync("order");
        await SwapAsync(page);
        Assert.That(await NameAsync(page), Is.EqualTo("Type"));
        Assert.That(await page.GetByLabel("Type").InputValueAsync(), Is.EqualTo("order"));

        // Also from within what is replaced, while the list grows above it.
        await TabToAsync(page, "shop.order.paid");
        var address = await page.EvaluateAsync<string>("() => document.activeElement.href");
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.sent", "event_data": {} }""");
        await page.GetByRole(AriaRole.Link, new() { Name = "shop.order.sent" }).WaitForAsync();
        await SwapAsync(page);
        Assert.That(await page.EvaluateAsync<string>("() => document.activeElement.href"), Is.EqualTo(address));
        await AssertSeenAsync(page);
    }

    [Test]
    public async Task What_is_replaced_again_and_again_is_not_read_out_again_and_again()
    {
        var page = await _scene.SignInAsync();
        var made = await _scene.PostAsync("webhooks", """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:9/other", "topics": ["never"]} }""");
        foreach (var address in new[] { "events?live=1", $"webhooks/{made.Data["webhook"]!["id"]}" })
        {
            await page.GotoAsync("/settings/integrations/" + address);
            var polled = page.Locator("[hx-trigger^=every]");

            Assert.That(await polled.CountAsync(), Is.EqualTo(1), address);
            Assert.That(
                await polled.EvaluateAsync<int>("(part) => [part, ...part.querySelectorAll('*')].filter((each) => each.closest('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]')).length"),
                Is.Zero,
                address);
        }
    }

    /// <summary>Goes on by Tab until an element whose name begins so has the focus; each on the way can be seen.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        var passed = new List<string>();
        do
        {
            Assert.That(passed, Has.Count.LessThan(60), $"{name} is not reached: {string.Join(", ", passed)}");
            await page.Keyboard.PressAsync("Tab");
            await AssertSeenAsync(page);
            passed.Add(await NameAsync(page));
        }
        while (!passed[^1].StartsWith(name, StringComparison.Ordinal));
    }

    private static async Task AssertSeenAsync(IPage page)
    {
        var seen = await page.EvaluateAsync<JsonElement>("""
            () => {
              const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
              return { what: element.outerHTML.slice(0, 200), style: style.outlineStyle, width: parseFloat(style.outlineWidth),
                inside: box.width > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight };
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.GetProperty("style").GetString(), Is.EqualTo("solid"), seen.ToString());
            Assert.That(seen.GetProperty("width").GetDouble(), Is.GreaterThanOrEqualTo(2), seen.ToString());
            Assert.That(seen.GetProperty("inside").GetBoolean(), Is.True, seen.ToString());
        }
    }

    /// <summary>What a reader of the screen calls the element that has the focus.</summary>
    private static async Task<string> NameAsync(IPage page) => (await page.EvaluateAsync<string>(
        "() => { const e = document.activeElement; return e.getAttribute('aria-label') ?? (e.labels?.length ? e.labels[0].textContent : e.textContent); }")).Trim();

    /// <summary>Until a part of the page has been replaced.</summary>
    private static async Task SwapAsync(IPage page) =>
        await page.EvaluateAsync("() => new Promise((done) => document.addEventListener('htmx:afterSettle', () => requestAnimationFrame(() => done()), { once: true }))");
}
