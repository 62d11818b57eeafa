using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Hosts remember who a subject is, and forget it as soon as a membership changes, on whichever host that was.</summary>
public sealed class IdentityCacheTests
{
    private const string Events = "/api/v2/integrations/events";
    private const string Event = """{"event_source": "a", "event_type": "b"}""";

    private TestDatabase _database = null!;
    private TestHost _first = null!;
    private TestHost _second = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _first = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _second = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_subject_is_resolved_once()
    {
        var tenant = await Tenant.CreateAsync(_database);
        var newcomer = await Tenant.CreateAsync(_database);

        // Repeated, since what a grant has changed is forgotten twice and the second time may come just here.
        var (known, unknown) = await Eventually.Async(
            async () =>
            {
                await _first.PostAsync(Events, tenant.Token, Event);
                await using var away = await ResolverAway.BeginAsync(_database);
                return (Known: await _first.PostAsync(Events, tenant.Token, Event), Unknown: await _first.PostAsync(Events, newcomer.Token, Event));
            },
            pair => pair.Known.Status == 200,
            seconds: 10);

        Assert.That(known.Status, Is.EqualTo(200), known.Text);
        Assert.That(unknown.Status, Is.EqualTo(404), "the control: whoever is new has to be resolved");
    }

    [Test]
    public async Task A_membership_revoked_on_one_host_is_gone_on_the_other()
    {
        var admin = await Tenant.CreateAsync(_database);
        var member = await Tenant.JoinAsync(_database, admin.Organization, "member", "m" + admin.Subject);
        var before = await _second.PostAsync(Events, member.Token, Event);

        var revoked = await _first.PostAsync("/api/v2/memberships", admin.Token, $$"""{"operation": "REVOKE", "member": {"auth_uid": "{{member.Subject}}"} }""");
        var count = await admin.EventsAsync(_database);
        var next = await _second.PostAsync(Events, member.Token, Event, member.Header);
        var soon = await Eventually.Async(() => _second.PostAsync(Events, member.Token, Event), answer => answer.Status == 400);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before.Status, revoked.Status), Is.EqualTo((200, 200)), revoked.Text);
            RoutesTests.AssertProblem(next, 403, "actor_not_member");
            RoutesTests.AssertProblem(soon, 400, "no_organization_context");
            Assert.That(await admin.EventsAsync(_database), Is.EqualTo(count), "nothing was written");
        }
    }

    [Test]
    public async Task A_suspended_organization_is_chosen_by_nobody()
    {
        var tenant = await Tenant.CreateAsync(_database);
        var second = await Tenant.JoinAsync(_database, (await Tenant.CreateAsync(_database)).Organization, "member", tenant.Subject);
        var before = await _second.PostAsync(Events, tenant.Token, Event);

        await _database.ExecuteAsync($$"""select hera_organization_v1('{{Tenant.SystemActor}}', 'SUSPEND', '{"id": "{{tenant.Organization}}"}')""");
        var after = await Eventually.Async(() => _second.PostAsync(Events, tenant.Token, Event), answer => answer.Status == 200);

        Assert.That(before.Json["org"]!.GetValue<Guid>(), Is.EqualTo(tenant.Organization));
        Assert.That(after.Json["org"]?.GetValue<Guid>(), Is.EqualTo(second.Organization), after.Text);
    }

    [Test]
    public async Task What_changed_while_nobody_listened_is_not_remembered()
    {
        var admin = await Tenant.CreateAsync(_database);
        var member = await Tenant.JoinAsync(_database, admin.Organization, "member", "m" + admin.Subject);
        await _second.PostAsync(Events, member.Token, Event);

        await _database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen hera_identity'");
        await RevokeAsync(admin, member.Subject);
        var later = await Eventually.Async(() => _second.PostAsync(Events, member.Token, Event), answer => answer.Status == 400, seconds: 5);

        RoutesTests.AssertProblem(later, 400, "no_organization_context");
    }

    private Task RevokeAsync(Tenant admin, string subject) => _database.ExecuteAsync($$"""
        select hera_membership_v1('{{Tenant.SystemActor}}', '{{admin.Organization}}', 'REVOKE', '{"auth_uid": "{{subject}}"}')
        """);
}
