using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Functions by name, as PostgREST serves them.</summary>
public sealed class RestTests
{
    private const string Rpc = "/rest/v1/rpc/";
    private const string Echo = Rpc + "hera_test_echo_v1";
    private const string List = Rpc + "hera_integration_event_list_v1";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync(RestFunctions.Sql);
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("""{"p_text": "a", "p_day": "2026-02-01", "p_flag": true, "p_number": 1.50, "p_json": {"a": [1]}}""")]
    [TestCase("""{"p_text": "a", "p_day": "2026-02-01", "p_flag": "true", "p_number": "1.50", "p_json": {"a": [1]}}""")]
    public async Task Values_come_in_whatever_JSON_type_reads_as_the_SQL_type(string body)
    {
        var echo = (await PostAsync(Echo, body)).Json;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(echo["p_text"]!.GetValue<string>(), Is.EqualTo("a"));
            Assert.That(echo["p_day"]!.GetValue<string>(), Is.EqualTo("2026-02-01"));
            Assert.That(echo["p_flag"]!.GetValue<bool>(), Is.True);
            Assert.That(echo["p_number"]!.ToJsonString(), Is.EqualTo("1.50"));
            Assert.That(echo["p_json"]!.ToJsonString(), Is.EqualTo("""{"a":[1]}"""));
        }
    }

    [Test]
    public async Task Arguments_of_a_GET_are_text_arrays_as_PostgreSQL_writes_them()
    {
        var id = Guid.NewGuid();

        var answer = await _host.GetAsync($"{Echo}?p_text=a%20b&p_number=5&p_ids={{{id},{id}}}&p_json=%7B%22a%22:1%7D&select=*", _tenant.Token, _tenant.Header);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Json["p_text"]!.GetValue<string>(), Is.EqualTo("a b"), answer.Text);
            Assert.That(answer.Json["p_number"]!.GetValue<int>(), Is.EqualTo(5));
            Assert.That(answer.Json["p_ids"]!.AsArray().Select(item => item!.GetValue<Guid>()), Is.EqualTo(new[] { id, id }));
            Assert.That(answer.Json["p_json"]!.ToJsonString(), Is.EqualTo("""{"a":1}"""));
        }
    }

    [Test]
    public async Task A_null_is_null_and_what_is_absent_has_its_default()
    {
        var answer = await PostAsync(Echo, """{"p_text": null}""");

        Assert.That((answer.Json["p_text"], answer.Json["p_day"]!.GetValue<string>()), Is.EqualTo(((JsonNode?)null, "2026-01-31")));
    }

    [Test]
    public async Task The_actor_is_the_tokens_and_no_other()
    {
        var actor = (await PostAsync(Echo, "{}")).Json["p_actor_user_id"]!.GetValue<string>();

        var same = await PostAsync(Echo, $$"""{"p_actor_user_id": "{{actor}}"}""");
        var other = await PostAsync(Echo, $$"""{"p_actor_user_id": "{{Tenant.SystemActor}}"}""");
        var otherByGet = await _host.GetAsync($"{Echo}?p_actor_user_id={Tenant.SystemActor}", _tenant.Token, _tenant.Header);
        var twice = await PostAsync(Echo, $$"""{"p_actor_user_id": "{{actor}}", "p_actor_user_id": "{{Tenant.SystemActor}}"}""");
        var none = await PostAsync(Echo, """{"p_actor_user_id": null}""");
        var nonsense = await PostAsync(Echo, """{"p_actor_user_id": "nonsense"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same.Status, Is.EqualTo(200));
            AssertError(other, 403, "42501");
            AssertError(otherByGet, 403, "42501");
            Assert.That(twice.Status, Is.EqualTo(400));
            Assert.That(none.Json["p_actor_user_id"]!.GetValue<string>(), Is.EqualTo(actor));
            AssertError(nonsense, 400, "22P02");
        }

        Assert.That(
            () => _database.ScalarAsync<int>($"select count(*)::int from hera.audit_log where operation = 'REFUSED' and function_name = 'hera_test_echo_v1' and actor_user_id = '{actor}'"),
            Is.EqualTo(2).After(5000, 50), "both are recorded");
    }

    [Test]
    public async Task The_organization_is_the_argument_then_the_header_then_the_first_membership()
    {
        var second = await Tenant.CreateAsync(_database);
        await Tenant.JoinAsync(_database, second.Organization, "member", _tenant.Subject);

        async Task<Guid> OrganizationAsync(string body, params (string, string)[] headers) =>
            (await _host.PostAsync(Echo, _tenant.Token, body, headers)).Json["p_organization_id"]!.GetValue<Guid>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await OrganizationAsync($$"""{"p_organization_id": "{{second.Organization}}"}""", _tenant.Header), Is.EqualTo(second.Organization));
            Assert.That(await OrganizationAsync("{}", second.Header), Is.EqualTo(second.Organization));
            Assert.That(await OrganizationAsync("{}"), Is.EqualTo(_tenant.Organization));
        }

        var stranger = await Tenant.CreateAsync(_database);
        AssertError(await PostAsync(List, $$"""{"p_organization_id": "{{stranger.Organization}}"}"""), 403, "PT403");
    }

    [TestCase("hera_integration_event_in_v2", "{}")]
    [TestCase("pg_sleep", "{}")]
    [TestCase("hera_test_not_granted_v1", "{}")]
    [TestCase("hera_test_nobody_v1", """{"p_text": "x"}""")]
    [TestCase("hera_identity_resolve_v1", """{"p_auth_uid": "00000000-0000-0000-0000-000000000001"}""")]
    [TestCase("hera_platform_settings_v1", """{"p_webhook": {"allow_http": true}}""")]
    [TestCase("hera_audit_refusal_v1", """{"p_refused_user_id": null, "p_organization_id": null, "p_function": "f", "p_error": "e"}""")]
    [TestCase("hera_webhook_get_by_topic_v1", """{"p_organization_id": "00000000-0000-0000-0000-000000000000", "p_topic": "x"}""")]
    [TestCase("hera_outbox_claim_v1", """{"p_worker": "x"}""")]
    [TestCase("hera_outbox_get_stats_v1", "{}")]
    [TestCase("hera_integration_setup_connector_v1", """{"p_definition": {}}""")]
    [TestCase("x'); select 1; --", "{}")]
    public async Task What_is_not_for_callers_is_not_there(string function, string body)
    {
        AssertError(await PostAsync(Rpc + Uri.EscapeDataString(function), body), 404, "PGRST202");
        AssertError(await _host.GetAsync(Rpc + Uri.EscapeDataString(function), _tenant.Token), 404, "PGRST202");
    }

    [Test]
    public async Task Everything_exposed_stands_in_the_permission_matrix()
    {
        // A function that takes an actor and does not authorize it would be open to every user.
        await using var fresh = await TestDatabase.CreateAsync();

        Assert.That(await fresh.ScalarAsync<string?>("""
            select string_agg(p.proname, ', ') from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%' and has_function_privilege('hera_api', p.oid, 'execute')
              and 'p_actor_user_id' = any (p.proargnames) and p.proname not in (select function_name from hera.rpc_permissions)
            """), Is.Null);
    }

    [Test]
    public async Task A_function_deployed_later_is_served_without_a_restart()
    {
        AssertError(await PostAsync(Rpc + "hera_test_later_v1", "{}"), 404, "PGRST202");
        await _database.ExecuteAsync("""
            create function public.hera_test_later_v1(p_actor_user_id uuid) returns jsonb language sql stable as $$ select '{"later": true}'::jsonb $$;
            grant execute on function public.hera_test_later_v1(uuid) to hera_api;
            """);

        Assert.That(async () => (await PostAsync(Rpc + "hera_test_later_v1", "{}")).Status, Is.EqualTo(200).After(5000, 200));
    }

    [TestCase("{\"p_txt\": 1}", 404, "PGRST202")]
    [TestCase("{\"p_number\": \"many\"}", 400, "22P02")]
    [TestCase("{\"p_day\": {}}", 400, "22007")]
    [TestCase("{\"p_text\": \"\\u0000\"}", 400, "22021")]
    [TestCase("{\"p_text\": \"\\ud800\"}", 400, "PGRST102")]
    [TestCase("{\"p_ids\": [\"x\"]}", 400, "22P02")]
    [TestCase("[1]", 400, "PGRST102")]
    [TestCase("{", 400, "PGRST102")]
    [TestCase("{\"p_json\": 1e999}", 400, "PGRST102")]
    public async Task A_body_that_does_not_fit_is_told_so(string body, int status, string code) => AssertError(await PostAsync(Echo, body), status, code);

    [Test]
    public async Task A_filter_of_rows_is_refused_instead_of_ignored()
    {
        AssertError(await _host.PostAsync(Echo + "?p_text=eq.x", _tenant.Token, "{}"), 400, "PGRST100");
        AssertError(await _host.GetAsync(Echo + "?name=eq.x", _tenant.Token), 400, "PGRST100");
        AssertError(await _host.GetAsync(Echo + "?p_text=a&p_text=b", _tenant.Token), 400, "PT400");
    }

    [Test]
    public async Task A_token_is_needed_and_apikey_is_none()
    {
        AssertError(await _host.PostAsync(Echo, null, "{}"), 401, "PGRST302");
        AssertError(await _host.PostAsync(Echo, null, "{}", ("apikey", _tenant.Token)), 401, "PGRST302");
        AssertError(await _host.PostAsync(Echo, "nonsense", "{}"), 401, "PGRST301");
        AssertError(await _host.PostAsync(Echo, Tokens.For("nobody@example.com"), "{}"), 401, "PT401");
    }

    [Test]
    public async Task Methods_media_types_and_schemas_are_negotiated()
    {
        AssertError(await _host.SendAsync(HttpMethod.Put, Echo, _tenant.Token, "{}"), 405, "PGRST101");
        AssertError(await _host.SendAsync(HttpMethod.Post, Echo, _tenant.Token, "{}", "text/csv"), 415, "PGRST107");
        AssertError(await _host.PostAsync(Echo, _tenant.Token, "{}", ("Accept", "text/csv")), 406, "PGRST107");
        AssertError(await _host.PostAsync(Echo, _tenant.Token, "{}", ("Content-Profile", "hera")), 406, "PGRST106");
        AssertError(await _host.GetAsync(Echo, _tenant.Token, ("Accept-Profile", "hera")), 406, "PGRST106");
        AssertError(await _host.GetAsync(Rpc + "hera_webhook_config_v1", _tenant.Token), 405, "25006");
        AssertError(await _host.GetAsync("/rest/v1/core_entities", _tenant.Token), 404, "PT404");

        var single = await _host.PostAsync(Echo, _tenant.Token, "{}", ("Accept", "application/vnd.pgrst.object+json"), ("Content-Profile", "public"));
        Assert.That((single.Status, single.ContentType), Is.EqualTo((200, "application/vnd.pgrst.object+json")));
    }

    [Test]
    public async Task An_idempotency_key_counts_here_too()
    {
        const string Body = """{"p_operation": "CREATE", "p_webhook_config": {"url": "https://example.com/rest"}}""";

        var first = await _host.PostAsync(Rpc + "hera_webhook_config_v1", _tenant.Token, Body, _tenant.Header, ("Idempotency-Key", "rest-1"));
        var again = await _host.PostAsync(Rpc + "hera_webhook_config_v1", _tenant.Token, Body, _tenant.Header, ("Idempotency-Key", "rest-1"));
        var read = await _host.PostAsync(List, _tenant.Token, "{}", _tenant.Header, ("Idempotency-Key", "rest-1"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Json["duplicate"]!.GetValue<bool>(), Is.False, first.Text);
            Assert.That(again.Json["duplicate"]!.GetValue<bool>(), Is.True, again.Text);
            Assert.That(again.Json["webhook"]!["id"]!.GetValue<Guid>(), Is.EqualTo(first.Json["webhook"]!["id"]!.GetValue<Guid>()));
            Assert.That(read.Status, Is.EqualTo(200), "what only reads has no use for a key");
        }
    }

    private static void AssertError(Answer answer, int status, string code)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
            Assert.That(answer.ContentType, Is.EqualTo("application/json"));
            Assert.That(answer.Json["code"]?.GetValue<string>(), Is.EqualTo(code), answer.Text);
            Assert.That(answer.Json.AsObject().Select(property => property.Key), Is.EqualTo(new[] { "code", "message", "details", "hint" }));
        }
    }

    private Task<Answer> PostAsync(string path, string body) => _host.PostAsync(path, _tenant.Token, body, _tenant.Header);
}
