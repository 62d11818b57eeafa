using System.Globalization;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.ControlCenter;

/// <summary>Running the platform: who delivers, what is slow, what is kept, which key seals, and sending again for a tenant.</summary>
public sealed class OperationsTests
{
    private const string Root = "/platform/integrations/control-center";

    private Scene _scene = null!;
    private Tenant _admin = null!;
    private RawReceiver _failing = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _scene = await Scene.CreateAsync();
        _admin = await Tenant.JoinAsync(_scene.Database, Guid.Empty, "platform_admin", "root@example.com");
        var requests = 0;
        _failing = RawReceiver.Start((_, stream) => RawReceiver.WriteAsync(
            stream, Interlocked.Increment(ref requests) == 1 ? "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await _scene.PostAsync("webhooks", $$$"""{"operation": "CREATE", "webhook_config": {"url": "{{{_failing.Url}}}", "topics": ["shop.*"], "retry_policy": {"max_attempts": 1} } }""");
        await _scene.PostAsync("events", """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}}""");
        Assert.That(await Eventually.Async(() => _scene.Database.ScalarAsync<int>("select count(*)::int from hera.dead_letters"), count => count == 1, 20), Is.EqualTo(1));
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
    public async Task The_board_shows_this_host_and_a_lease_whose_host_is_gone()
    {
        await _scene.Database.ExecuteAsync($"""
            insert into hera.outbox_leases (worker, leased_at, leased_until, organization_ids, delivery_ids, attempts, base_attempts)
            values ('mill:1:{new string('0', 32)}', now(), now() + interval '1 hour', array['{_scene.Tenant.Organization}'::uuid], array[gen_random_uuid()], '{"{1}"}', '{"{0}"}')
            """);
        var page = await _scene.SignInAsync(_admin);
        await page.GotoAsync(Root + "/workers");

        var here = $"{Environment.MachineName}:{Environment.ProcessId}";
        Assert.That(await page.Locator("tr", new() { HasText = here }).AllTextContentsAsync(), Has.Some.Contains("delivers").And.Some.Contains("API and pages"));
        Assert.That(await page.Locator("tr", new() { HasText = "mill:1" }).TextContentAsync(), Does.Contain("its host is gone"));
        await Scene.CheckAsync(page, "control-center-workers");
        await _scene.Database.ExecuteAsync("delete from hera.outbox_leases where worker like 'mill:%'");
    }

    [Test]
    public async Task The_heat_map_tells_who_was_loud_and_what_was_slow_in_which_hour()
    {
        // A day of three organizations: the first is loudest in the evening, the last has a receiver that grows slow at night.
        await using var scene = await Scene.CreateAsync(new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        var admin = await Tenant.JoinAsync(scene.Database, Guid.Empty, "platform_admin", "root@example.com");
        var now = await scene.Database.ScalarAsync<DateTime>("select date_trunc('hour', now())");
        foreach (var (name, place) in new[] { ("Acme Foods", 1), ("Borealis Travel", 2), ("Cobalt Works", 3) })
        {
            var tenant = await Tenant.CreateAsync(scene.Database);
            await scene.Database.ExecuteAsync($"update hera.core_organizations set organization_name = '{name}' where id = '{tenant.Organization}'");
            var made = await scene.Host.PostAsync(
                "/api/v2/integrations/webhooks", tenant.Token, $$$"""{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:9/{{{name.Split(' ')[0].ToLowerInvariant()}}}" } }""", tenant.Header);
            Assert.That(made.Status, Is.EqualTo(200), made.Text);
            await scene.Database.ExecuteAsync($"""
                insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt)
                select at, '{tenant.Organization}', hera_internal.delivery_id(hera_internal.new_id(at), 1), case when {place} = 3 and hour between 4 and 9 then 900 else 20 * {place} end, 200, 1
                from (select hour, timestamptz '{now:u}' - hour * interval '1 hour' + n * interval '1 second' as at
                  from generate_series(0, 23) hour, lateral generate_series(1, case when {place} = 1 and hour between 2 and 6 then 400 else 60 / {place} end) n) x
                """);
        }

        var page = await scene.SignInAsync(admin);
        await page.GotoAsync(Root + "/load");
        var loud = page.GetByRole(AriaRole.Group, new() { Name = "Attempts by organization and hour" });
        var slow = page.GetByRole(AriaRole.Group, new() { Name = "Time that 95 %" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await loud.GetByRole(AriaRole.Rowheader).AllTextContentsAsync(), Is.EqualTo(["Acme Foods", "Borealis Travel", "Cobalt Works"]));
            Assert.That(
                await loud.Locator("tbody tr").First.Locator("td[title*=': 400 attempts']").EvaluateAllAsync<string[]>("cells => cells.map((cell) => cell.title)"),
                Is.EqualTo(Enumerable.Range(2, 5).Reverse().Select(ago => $"Acme Foods, {now.AddHours(-ago).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC: 400 attempts")),
                "the hours in which it was loud");
            Assert.That(await slow.GetByRole(AriaRole.Rowheader).First.TextContentAsync(), Is.EqualTo("http://127.0.0.1:9/cobalt"));
            Assert.That(await slow.Locator("tbody tr").First.Locator("td.h5").CountAsync(), Is.EqualTo(6), "the hours in which it was slow");
        }

        await Scene.CheckEverywhereAsync(page, "control-center-heat");
        Assert.That(scene.Complaints, Is.Empty);
    }

    [Test]
    public async Task Charts_are_drawn_of_the_period_that_was_chosen()
    {
        var page = await _scene.SignInAsync(_admin);
        await page.GotoAsync(Root);
        await page.Locator("canvas").Nth(3).WaitForAsync();
        Assert.That(await page.Locator("#hours tbody tr").CountAsync(), Is.EqualTo(24));

        await page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync();
        await page.WaitForURLAsync("**days=7");
        Assert.That(await page.Locator("#hours tbody tr").CountAsync(), Is.EqualTo(7 * 24));
        Assert.That(await page.Locator("#hours tbody tr").First.Locator("td").Nth(2).GetAttributeAsync("data-value"), Is.Not.EqualTo("0"), "the attempt of this hour");
    }

    [Test]
    public async Task What_a_tenants_receiver_did_not_get_is_counted_and_sent_again()
    {
        var page = await _scene.SignInAsync(_admin);
        await page.GotoAsync(Root + "/dead-letters");
        await page.GetByRole(AriaRole.Link, new() { Name = "Plan a replay" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Count first" }).ClickAsync();
        await page.GetByText("It would send 1 delivery.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.Locator("#jobs .status", new() { HasText = "completed" }).WaitForAsync();
        await Scene.CheckAsync(page, "control-center-replay");

        Assert.That(await Eventually.Async(() => _scene.Database.ScalarAsync<int>("select count(*)::int from hera.attempts where status_code = 200"), count => count == 1, 20), Is.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _scene.Database.ScalarAsync<int>("select count(*)::int from hera.replay_jobs"), Is.EqualTo(1));
            Assert.That(
                await _scene.Database.ScalarAsync<bool>($"select exists (select from hera.audit_log where organization_id = '{_scene.Tenant.Organization}' and function_name = 'hera_replay_job_v1' and operation = 'CREATE')"),
                Is.True,
                "what a platform admin does for a tenant is in the tenant's trail");
        }
    }

    [Test]
    public async Task Retention_is_set_for_all_and_a_value_that_makes_no_sense_is_refused()
    {
        var page = await _scene.SignInAsync(_admin);
        await page.GotoAsync(Root + "/retention");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByLabel("Audit").FillAsync("5");
        await page.GetByLabel("Events").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.That(await page.GetByLabel("Audit").InputValueAsync(), Is.EqualTo("5"), "what was typed is kept");

        await page.GetByLabel("Audit").FillAsync("forever");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
        Assert.That(
            await _scene.Database.ScalarAsync<string>("select (settings -> 'retention')::text from hera.core_organizations where id = '00000000-0000-0000-0000-000000000000'"),
            Is.EqualTo("""{"audit": "forever", "events": 30}"""));
        await Scene.CheckAsync(page, "control-center-retention");
    }

    [Test]
    public async Task Secrets_are_sealed_anew_with_a_key_that_was_added()
    {
        // A scene of its own: the other hosts of this one do not have the new key.
        await using var scene = await Scene.CreateAsync();
        await scene.PostAsync("webhooks", """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:9/hook"} }""");
        var admin = await Tenant.JoinAsync(scene.Database, Guid.Empty, "platform_admin", "root@example.com");
        var key = Convert.ToBase64String(new byte[32].Select((_, index) => (byte)index).ToArray());
        await using var host = await Scene.StartHostAsync(scene.Database, new() { ["HERA_ENCRYPTION_KEY"] = key + "," + TestHost.EncryptionKey });
        var page = await scene.SignInAsync(admin, host: host);
        await page.GotoAsync(Root + "/keys");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(key), "a key is named by its fingerprint alone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Seal up to" }).ClickAsync();
        await page.GetByText("0 remain").WaitForAsync();

        Assert.That(await page.GetByText("Nothing needs it any more").CountAsync(), Is.EqualTo(1));
        Assert.That(await scene.Database.ScalarAsync<int>("select count(distinct hera_internal.sealed_with(sealed))::int from hera.secrets"), Is.EqualTo(1));
        await Scene.CheckAsync(page, "control-center-keys");
        Assert.That(scene.Complaints, Is.Empty);
    }
}
