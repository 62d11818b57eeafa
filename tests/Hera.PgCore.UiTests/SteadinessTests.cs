using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>How pages come to be seen: nothing moves once it is there. How long it takes is told, not judged.</summary>
public sealed class SteadinessTests
{
    private const string Observer = """
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; })).observe({ type: 'layout-shift', buffered: true });
        """;

    /// <summary>Painted, and painted again after whatever the scripts do at load.</summary>
    private const string Settled = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));";

    private Scene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _scene = await Scene.CreateAsync(new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        await Hera.PgCore.Tests.Http.Tenant.JoinAsync(_scene.Database, Guid.Empty, "platform_admin", _scene.Tenant.Subject);
        await _scene.PostAsync("webhooks", """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:9/hook", "topics": ["shop.*"]} }""");
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 1} }""");
        await _scene.Database.ExecuteAsync("""
            insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
            select e.organization_id, hera_internal.new_id(e.created_at - n * interval '1 second'), e.created_at - n * interval '1 second', e.created_by, 1, 'processed', 'shop', 'order.paid',
              e.smart_code, e.event_data
            from hera.events e cross join generate_series(1, 200) n where e.event_source = 'shop'
            """);
        await _scene.Database.ExecuteAsync("""
            insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, response_body)
            select e.created_at, e.organization_id, hera_internal.delivery_id(e.id, 1), 5, 500, 1, 'no' from hera.events e where e.event_source = 'shop';
            insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, last_status_code, created_at)
            select e.organization_id, hera_internal.delivery_id(e.id, 1), 'dlq', 'attempts_exhausted', 1, 500, e.created_at from hera.events e where e.event_source = 'shop' limit 60;
            """);
    }

    [TearDown]
    public void NothingComplains() => Assert.That(_scene.Complaints, Is.Empty, "neither errors of scripts nor violations of the content security policy");

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(1280)]
    [TestCase(360)]
    public async Task Nothing_moves_on_any_page(int width)
    {
        // Where times of the server are not the reader's.
        var page = await _scene.SignInAsync(width: width, timezone: "America/New_York");
        await page.AddInitScriptAsync(Observer);
        var (moved, local) = (new List<string>(), 0);
        foreach (var template in PageAddresses.Templates)
        {
            foreach (var address in (await PageAddresses.OfAsync(template, _scene.Database)).Take(1))
            {
                await page.GotoAsync($"{address}?organization={_scene.Tenant.Organization}");
                var seen = await page.EvaluateAsync<JsonElement>($$"""
                    async () => {
                      {{Settled}}
                      return {
                        shift: window.shift,
                        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1,
                        answer: performance.getEntriesByType('navigation')[0].responseStart,
                        local: document.querySelectorAll('time[data-local]').length,
                      };
                    }
                    """);
                local += seen.GetProperty("local").GetInt32();
                await TestContext.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{template} at {width}: answer after {seen.GetProperty("answer").GetDouble():0} ms, first paint after {seen.GetProperty("paint").GetDouble():0} ms, shift {seen.GetProperty("shift").GetDouble():0.0000}"));
                if (seen.GetProperty("shift").GetDouble() >= 0.01)
                    moved.Add($"{template}: {seen.GetProperty("shift")}");
            }
        }

        Assert.That(moved, Is.Empty);
        Assert.That(local, Is.GreaterThan(100), "times were put into the reader's zone, which is what could move them");
    }

    [Test]
    public async Task What_moves_is_noticed()
    {
        var page = await _scene.SignInAsync();
        await page.AddInitScriptAsync(Observer);
        await page.GotoAsync("/settings/integrations/events");
        var shift = await page.EvaluateAsync<double>($$"""
            async () => {
              {{Settled}}
              document.querySelector('h1').style.paddingTop = '150px';
              {{Settled}}
              return window.shift;
            }
            """);

        Assert.That(shift, Is.GreaterThan(0.01));
    }

    [Test]
    public async Task Times_are_the_readers_and_say_so()
    {
        var page = await _scene.SignInAsync(timezone: "Asia/Tokyo");
        await page.GotoAsync("/settings/integrations/events");
        var time = page.Locator("td time").First;
        var at = DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);

        Assert.That(await time.TextContentAsync(), Is.EqualTo(at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " GMT+9"));
    }
}
