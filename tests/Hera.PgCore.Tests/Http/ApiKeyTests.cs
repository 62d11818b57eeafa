using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Machines call with a key instead of a token: it acts in its organization, in its role, until it is revoked or has ended.</summary>
public sealed class ApiKeyTests
{
    private const string Keys = "/api/v2/integrations/api-keys";
    private const string Events = "/api/v2/integrations/events";
    private const string Event = """{"event_source": "shop", "event_type": "order.paid"}""";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_key_is_sent_in_any_of_three_headers()
    {
        var key = (await CreateAsync())["key"]!.GetValue<string>();

        foreach (var header in ((string, string)[])[("Authorization", "Bearer " + key), ("X-API-Key", key), ("apikey", key)])
        {
            var answer = await _host.PostAsync(Events, null, Event, header);

            Assert.That(answer.Status, Is.EqualTo(200), $"{header} {answer}");
            Assert.That(answer.Json["org"]!.GetValue<Guid>(), Is.EqualTo(_tenant.Organization), "the key's own organization");
        }
    }

    [Test]
    public async Task A_client_of_PostgREST_sends_it_as_both()
    {
        var key = (await CreateAsync())["key"]!.GetValue<string>();
        const string Rpc = "/rest/v1/rpc/hera_integration_event_in_v1";
        const string Arguments = """{"p_event_source": "shop", "p_event_type": "order.paid"}""";

        var answer = await _host.PostAsync(Rpc, key, Arguments, ("apikey", key));
        var refused = await _host.PostAsync(Rpc, key[..^1] + "!", Arguments, ("apikey", key));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Status, answer.Json["success"]!.GetValue<bool>()), Is.EqualTo((200, true)));
            Assert.That((refused.Status, refused.Json["code"]!.GetValue<string>()), Is.EqualTo((401, "PGRST301")));
        }
    }

    [TestCase("hera_api_key_resolve_v1", """{"p_key_hash": "x"}""")]
    [TestCase("hera_identity_resolve_v1", """{"p_auth_uid": "x"}""")]
    public async Task What_finds_identities_is_called_by_nobody(string function, string arguments)
    {
        var answer = await _host.PostAsync("/rest/v1/rpc/" + function, Tokens.For(Tenant.SystemActor), arguments);

        Assert.That((answer.Status, answer.Json["code"]!.GetValue<string>()), Is.EqualTo((404, "PGRST202")));
    }

    [Test]
    public async Task The_authorization_beside_a_key_decides()
    {
        var key = (await CreateAsync())["key"]!.GetValue<string>();

        var byToken = await _host.PostAsync(Events, _tenant.Token, Event, ("apikey", key));
        var byBadToken = await _host.PostAsync(Events, "nonsense", Event, ("X-API-Key", key));
        var actor = (await _host.PostAsync(Events, _tenant.Token, Event)).Json["actor"]!.GetValue<string>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(byToken.Json["actor"]!.GetValue<string>(), Is.EqualTo(actor));
            Assert.That(byBadToken.Status, Is.EqualTo(401));
        }
    }

    [Test]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var created = await CreateAsync();
        var key = created["key"]!.GetValue<string>();
        var before = await _host.PostAsync(Events, key, Event);

        await _host.PostAsync(Keys, _tenant.Token, $$"""{"operation": "REVOKE", "api_key": {"id": "{{created["id"]}}"} }""");
        var after = await _host.PostAsync(Events, key, Event);
        var soon = await Eventually.Async(() => _host.PostAsync(Events, key, Event), answer => answer.Status == 401);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Status, Is.EqualTo(200));
            // The database refuses the actor even where this host has yet to forget whom the key meant.
            Assert.That(after.Status, Is.EqualTo(401).Or.EqualTo(403));
            RoutesTests.AssertProblem(soon, 401, "invalid_token");
        }
    }

    [Test]
    public async Task A_key_that_has_ended_is_refused()
    {
        var answer = await _host.PostAsync(
            Keys,
            _tenant.Token,
            $$"""{"operation": "CREATE", "api_key": {"name": "short", "role": "member", "expires_at": "{{DateTime.UtcNow.AddHours(1):O}}"} }""");
        var key = answer.Data["api_key"]!["key"]!.GetValue<string>();
        var before = await _host.PostAsync(Events, key, Event);
        await _database.ExecuteAsync("update hera.memberships set expires_at = now() where expires_at is not null");
        var count = await _tenant.EventsAsync(_database);

        var known = await _host.PostAsync(Events, key, Event);
        await using var other = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        var unknown = await other.PostAsync(Events, key, Event);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Status, Is.EqualTo(200), before.Text);
            Assert.That(known.Status, Is.EqualTo(403).Or.EqualTo(401), "where the host remembers the key, the database refuses its actor");
            RoutesTests.AssertProblem(unknown, 401, "invalid_token");
            Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(count));
        }
    }

    [Test]
    public async Task A_key_may_what_its_role_may_in_its_organization_alone()
    {
        var key = (await CreateAsync("member"))["key"]!.GetValue<string>();
        var other = await Tenant.CreateAsync(_database);

        var webhook = await _host.PostAsync("/api/v2/integrations/webhooks", key, """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1/"} }""");
        var keys = await _host.PostAsync(Keys, key, """{"operation": "LIST"}""");
        var foreign = await _host.PostAsync(Events, key, Event, other.Header);
        var missing = await _host.PostAsync(Events, key, Event, ("X-Organization-Id", Guid.NewGuid().ToString()));

        using (Assert.EnterMultipleScope())
        {
            RoutesTests.AssertProblem(webhook, 403, "permission_denied");
            RoutesTests.AssertProblem(keys, 403, "permission_denied");
            RoutesTests.AssertProblem(foreign, 403, "actor_not_member");
            Assert.That((missing.Status, missing.Error), Is.EqualTo((foreign.Status, foreign.Error)));
            Assert.That(await other.EventsAsync(_database), Is.Zero);
        }
    }

    [TestCase("hera_")]
    [TestCase("hera_000000000000_")]
    [TestCase("hera_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("hera_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'")]
    [TestCase("HERA_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_key_is_refused(string key)
    {
        RoutesTests.AssertProblem(await _host.PostAsync(Events, key, Event), 401, "invalid_token");
        RoutesTests.AssertProblem(await _host.PostAsync(Events, null, Event, ("X-API-Key", key)), 401, "invalid_token");
    }

    [Test]
    public async Task Nobody_gets_the_hash_for_the_key()
    {
        var key = (await CreateAsync())["key"]!.GetValue<string>();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(key)));

        // Neither as a key nor as the subject of a token that the secret signed.
        foreach (var token in (string[])[hash, "hera_" + hash, Tokens.For(hash), Tokens.For("key:" + hash), Tokens.For(key)])
            Assert.That((await _host.PostAsync(Events, token, Event)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task The_list_shows_use_and_no_key_and_logs_show_none()
    {
        var created = await CreateAsync();
        var key = created["key"]!.GetValue<string>();
        await _host.PostAsync(Events, key, Event);

        var list = await _host.PostAsync(Keys, _tenant.Token, """{"operation": "LIST"}""");
        var shown = list.Data["api_keys"]!.AsArray().Single(item => item!["id"]!.GetValue<string>() == created["id"]!.GetValue<string>())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown["last_used_at"]!.GetValue<DateTimeOffset>(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
            Assert.That(shown["prefix"]!.GetValue<string>(), Is.EqualTo(key[..17]));
            Assert.That(list.Text, Does.Not.Contain(key[18..]));
            Assert.That(_host.Log.Lines, Has.None.Contains(key[18..]));
        }
    }

    private async Task<JsonObject> CreateAsync(string role = "member")
    {
        var answer = await _host.PostAsync(Keys, _tenant.Token, $$"""{"operation": "CREATE", "api_key": {"name": "machine", "role": "{{role}}"} }""");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer.Data["api_key"]!.AsObject();
    }
}
