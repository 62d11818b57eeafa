using System.Net;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Canaries;

/// <summary>Whatever is stored, asked for or typed, every page shows it as text, and a secret not at all. The browser judges, by the page that it has made of the answer.</summary>
public sealed class PageScriptTests
{
    private static CanaryScene Stage => CanaryRun.Stage;

    [Test]
    public async Task Every_canary_is_in_the_database()
    {
        var tables = await Stage.Scene.Database.ScalarAsync<string>("""
            select string_agg(format('select t::text from %s t', c.oid::regclass), ' union all ')
            from pg_class c where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            """);
        // Texts within JSON within rows: the same text in ever more quotes.
        var found = await Stage.Scene.Database.ScalarAsync<string[]>($"""
            select array(select distinct m[1] from ({tables}) as r (t), regexp_matches(t, 'data-canary=''([a-z-]+)''', 'g') as m)
            """);

        Assert.That(Stage.Stored.Except(found!), Is.Empty);
    }

    [Test]
    public async Task No_page_runs_what_is_stored_and_none_shows_a_secret()
    {
        var secrets = await Stage.SecretsAsync();
        var page = await OpenAsync();
        var shown = new HashSet<string>();
        foreach (var address in await AddressesAsync(withQuery: false))
        {
            var response = await page.GotoAsync(address);
            Assert.That(response!.Status, Is.EqualTo(200), address);
            var html = WebUtility.HtmlDecode(await response.TextAsync());
            await AssertHarmlessAsync(page, address);
            Assert.That(secrets.Where(secret => html.Contains(secret, StringComparison.Ordinal)), Is.Empty, address);
            shown.UnionWith(Canary.In(await TextAsync(page)));
        }

        await TestContext.Out.WriteLineAsync($"Shown: {string.Join(", ", shown.Order())}. Stored and on no page: {string.Join(", ", Stage.Stored.Except(shown).Order())}.");
        Assert.That(
            shown,
            Is.SupersetOf(new[]
            {
                "organization", "definition-name", "definition-description", "definition-note", "field-label", "field-description", "event-note", "installation", "api-key", "event", "event-key",
                "idempotency-key", "webhook-url", "webhook-description", "webhook-filter", "webhook-transform", "webhook-reason", "receiver-answer", "attempt-error", "dead-letter-error",
                "dead-letter-reason", "provider-error", "replay-reason",
            }),
            "as text, or nothing was looked at");
    }

    [Test]
    public async Task No_page_runs_what_its_address_holds()
    {
        var page = await OpenAsync();
        var addresses = await AddressesAsync(withQuery: true);
        foreach (var address in addresses)
        {
            var response = await page.GotoAsync(address);
            await AssertHarmlessAsync(page, address);
            Assert.That(response!.Status, Is.LessThan(500), address);
        }

        Assert.That(addresses, Is.Not.Empty);
    }

    [Test]
    public async Task No_page_runs_what_was_typed_into_its_forms()
    {
        var page = await OpenAsync();
        var sent = new List<string>();
        foreach (var address in await AddressesAsync(withQuery: false))
        {
            for (var form = 0; ; form++)
            {
                await page.GotoAsync(address);
                // Without the browser's own checks, which somebody who writes a request himself does not have either.
                var submits = await page.EvaluateAsync<bool>(
                    """
                    ([index, typed]) => {
                      const form = [...document.querySelectorAll('main form[method=post]')].filter((each) => each.querySelector('textarea, input:not([type=hidden])'))[index];
                      if (!form) return false;
                      form.id = 'typed';
                      for (const field of form.querySelectorAll('textarea, input:not([type=hidden], [type=radio], [type=checkbox])')) { field.type = 'text'; field.value = typed; }
                      return true;
                    }
                    """,
                    new object[] { form, Canary.Of("typed") });
                if (!submits)
                    break;
                sent.Add(address);
                var response = await page.RunAndWaitForResponseAsync(
                    () => page.EvaluateAsync("() => { window.isBefore = true; const form = document.getElementById('typed'); setTimeout(() => form.submit()); }"),
                    response => response.Request.IsNavigationRequest && response.Request.Method == "POST");
                await page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
                Assert.That(response.Status, Is.LessThan(500), $"{address}, form {form}");
                await AssertHarmlessAsync(page, $"{address}, form {form}");
            }
        }

        Assert.That(sent.Select(address => address.Split('?')[0].Split('/')[^1]), Is.SupersetOf(new[] { "new", "edit", "replay", "verify", "api-keys" }), "or nothing was typed");
    }

    [TearDown]
    public void NothingWasHeldBackByThePolicyAlone() => Assert.That(Stage.Scene.Complaints, Is.Empty, "violations of the content security policy");

    private static async Task AssertHarmlessAsync(IPage page, string address)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.EvaluateAsync<string?>("() => window.canary ?? null"), Is.Null, $"ran on {address}");
            Assert.That(await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-canary]')].map((each) => each.dataset.canary)"), Is.Empty, $"became markup on {address}");
            Assert.That(
                await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[href], [src], [action], [formaction]')].map((each) => each.href || each.src || each.action).filter((each) => !/^https?:/.test(each))"),
                Is.Empty,
                $"leads into a script on {address}");
        }
    }

    /// <summary>What stands on the page to be read, in fields too.</summary>
    private static Task<string> TextAsync(IPage page) => page.EvaluateAsync<string>(
        "() => [document.title, document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map((each) => each.value)].join('\\n')");

    private static async Task<List<string>> AddressesAsync(bool withQuery)
    {
        var addresses = new List<string>();
        var query = new[] { "organization=" + Stage.Tenant.Organization }.Concat(withQuery ? PageAddresses.QueryNames.Select(name => $"{name}={Uri.EscapeDataString(Canary.Of("query"))}") : []).ToList();
        foreach (var template in PageAddresses.Templates)
            addresses.AddRange((await PageAddresses.OfAsync(template, Stage.Scene.Database)).Select(address => $"{address}?{string.Join('&', query)}"));
        return addresses;
    }

    private static Task<IPage> OpenAsync() => Stage.Scene.SignInAsync(Stage.Tenant);
}
