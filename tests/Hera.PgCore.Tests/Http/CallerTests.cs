using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Which organization a request acts for, and that naming one gives no right to it.</summary>
public sealed class CallerTests
{
    private const string Path = "/api/v2/integrations/webhooks";
    private const string List = """{"operation": "LIST"}""";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _first = null!;
    private Tenant _second = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _first = await Tenant.CreateAsync(_database);
        var other = await Tenant.CreateAsync(_database);
        _second = await Tenant.JoinAsync(_database, other.Organization, "member", _first.Subject);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task The_header_wins_then_the_claim_then_the_first_membership()
    {
        var claim = Tokens.For(_first.Subject, descriptor => descriptor.Claims["org_id"] = _second.Organization.ToString());

        var byHeader = await _host.PostAsync(Path, claim, List, _first.Header);
        var byClaim = await _host.PostAsync(Path, claim, List);
        var byMembership = await _host.PostAsync(Path, _first.Token, List);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Organization(byHeader), Is.EqualTo(_first.Organization));
            Assert.That(byClaim.Error, Is.EqualTo("permission_denied").Or.Null, "a member may not list webhooks, or may: the second organization decides");
            Assert.That(byClaim.Status == 403 || Organization(byClaim) == _second.Organization, Is.True, byClaim.Text);
            Assert.That(Organization(byMembership), Is.EqualTo(_first.Organization));
        }
    }

    [Test]
    public async Task The_claim_alone_selects_the_second_organization()
    {
        var claim = Tokens.For(_first.Subject, descriptor => descriptor.Claims["org_id"] = _second.Organization.ToString());

        var answer = await _host.PostAsync("/api/v2/integrations/events", claim, """{"event_source": "a", "event_type": "b"}""");

        Assert.That(Organization(answer), Is.EqualTo(_second.Organization), answer.Text);
    }

    [TestCase("nonsense")]
    [TestCase("00000000000000000000000000000000")]
    [TestCase("")]
    [TestCase("00000000-0000-0000-0000-000000000000,00000000-0000-0000-0000-000000000000")]
    public async Task A_malformed_header_is_400_and_named(string value)
    {
        var answer = await _host.PostAsync(Path, _first.Token, List, ("X-Organization-Id", value));

        RoutesTests.AssertProblem(answer, 400, "no_organization_context");
        Assert.That(answer.Json["detail"]!.GetValue<string>(), Does.Contain("X-Organization-Id"));
    }

    [Test]
    public async Task A_user_who_belongs_nowhere_has_no_context()
    {
        var tenant = await Tenant.CreateAsync(_database);
        await _database.ExecuteAsync($$"""
            select hera_membership_v1('{{Tenant.SystemActor}}', '{{tenant.Organization}}', 'REVOKE', '{"auth_uid": "{{tenant.Subject}}"}')
            """);

        var answer = await _host.PostAsync(Path, tenant.Token, List);

        RoutesTests.AssertProblem(answer, 400, "no_organization_context");
    }

    [Test]
    public async Task Another_organization_is_refused_and_the_refusal_recorded()
    {
        var stranger = await Tenant.CreateAsync(_database);

        var answer = await _host.PostAsync(Path, stranger.Token, List, _first.Header);

        RoutesTests.AssertProblem(answer, 403, "actor_not_member");
        await AssertRecordedAsync($"organization_id = '{_first.Organization}' and detail ->> 'error' = 'actor_not_member'");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Naming_an_organization_gives_no_right_to_write_there(bool byClaim)
    {
        var stranger = await Tenant.CreateAsync(_database);
        var before = await _first.EventsAsync(_database);
        var token = byClaim ? Tokens.For(stranger.Subject, descriptor => descriptor.Claims["org_id"] = _first.Organization.ToString()) : stranger.Token;

        var answer = await _host.PostAsync("/api/v2/integrations/events", token, """{"event_source": "a", "event_type": "b"}""", byClaim ? ("X-None", "") : _first.Header);

        RoutesTests.AssertProblem(answer, 403, "actor_not_member");
        Assert.That((await _first.EventsAsync(_database), await stranger.EventsAsync(_database)), Is.EqualTo((before, 0)));
    }

    [Test]
    public async Task An_organization_that_does_not_exist_is_refused_alike()
    {
        var foreign = await _host.PostAsync(Path, _second.Token, List, ("X-Organization-Id", (await Tenant.CreateAsync(_database)).Organization.ToString()));
        var missing = await _host.PostAsync(Path, _second.Token, List, ("X-Organization-Id", Guid.NewGuid().ToString()));

        Assert.That((missing.Status, missing.Error), Is.EqualTo((foreign.Status, foreign.Error)));
    }

    [Test]
    public async Task An_unknown_subject_is_401_and_recorded()
    {
        var answer = await _host.PostAsync(Path, Tokens.For("nobody@example.com"), List, _first.Header);

        RoutesTests.AssertProblem(answer, 401, "identity_not_resolved");
        await AssertRecordedAsync("actor_user_id is null and detail ->> 'error' = 'identity_not_resolved'");
    }

    [Test]
    public async Task Worker_figures_and_manual_runs_need_a_platform_admin()
    {
        var system = Tokens.For(Tenant.SystemActor);
        var refused = await _host.GetAsync("/outbox-worker/stats", _first.Token);
        var refusedRun = await _host.PostAsync("/functions/v1/outbox-worker/process", _first.Token, "{}");
        var stats = await _host.GetAsync("/functions/v1/outbox-worker/stats", system);
        var run = await _host.SendAsync(HttpMethod.Post, "/outbox-worker/process", system);
        var anonymous = await _host.SendAsync(HttpMethod.Post, "/outbox-worker/process", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(403));
            Assert.That(refusedRun.Status, Is.EqualTo(403));
            Assert.That(stats.Data["success"]!.GetValue<bool>(), Is.True, stats.Text);
            Assert.That(run.Data["finished"]!.GetValue<bool>(), Is.True, run.Text);
            Assert.That(anonymous.Status, Is.EqualTo(401));
        }
    }

    [Test]
    public async Task Health_needs_no_token_and_is_bare()
    {
        var gateway = await _host.GetAsync("/functions/v1/api-v2/health");
        var worker = await _host.GetAsync("/functions/v1/outbox-worker/health");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gateway.Status, Is.EqualTo(200), gateway.Text);
            Assert.That(gateway.Json.AsObject().Select(property => property.Key), Is.EquivalentTo(new[] { "status", "timestamp", "version", "components" }));
            Assert.That(gateway.Json["components"]!.AsObject().Select(property => property.Key), Is.SupersetOf(new[] { "api_gateway", "guardrails", "database", "outbox" }));
            Assert.That(gateway.Json["components"]!["outbox"]!.GetValue<string>(), Is.EqualTo("disabled"));
            Assert.That(worker.Json.AsObject().Select(property => property.Key), Is.EquivalentTo(new[] { "status", "timestamp", "version" }));
            Assert.That((await _host.GetAsync("/livez")).Status, Is.EqualTo(200));
            Assert.That((await _host.GetAsync("/readyz")).Status, Is.EqualTo(200));
        }
    }

    private static Guid Organization(Answer answer) => answer.Json["org"]!.GetValue<Guid>();

    private async Task AssertRecordedAsync(string condition)
    {
        var sql = $"select count(*)::int from hera.audit_log where operation = 'REFUSED' and {condition}";
        for (var waited = 0; waited < 50; waited++)
        {
            if (await _database.ScalarAsync<int>(sql) > 0)
                return;
            await Task.Delay(100);
        }

        Assert.Fail("The refusal was not recorded.");
    }
}
