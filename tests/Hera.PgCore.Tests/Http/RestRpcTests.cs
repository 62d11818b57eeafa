using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary><c>/rest/v1/rpc</c>: functions by name, under PostgREST's rules.</summary>
public sealed class RestRpcTests
{
    private const string Rpc = "/rest/v1/rpc/";
    private const string EventIn = "hera_integration_event_in_v1";
    private const string Event = """{"p_event_source": "shop", "p_event_type": "order.paid"}""";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;
    private string _actor = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync("""
            create function public.hera_test_echo_v1(p_actor_user_id uuid, p_number int default 1, p_exact numeric default 0, p_flag boolean default false,
              p_when timestamptz default null, p_texts text[] default '{}', p_numbers int[] default '{}', p_document jsonb default '{}') returns jsonb
              language sql stable as $$ select jsonb_build_object('actor', p_actor_user_id, 'number', p_number, 'exact', p_exact, 'flag', p_flag, 'when', p_when at time zone 'UTC',
                'texts', p_texts, 'numbers', p_numbers, 'document', p_document) $$;
            create function public.hera_test_where_v1(p_actor_user_id uuid, p_organization_id uuid) returns jsonb
              language sql stable as 'select to_jsonb(p_organization_id)';
            create function public.hera_test_boolean_v1(p_actor_user_id uuid) returns boolean language sql immutable as 'select true';
            create function public.hera_test_nothing_v1(p_actor_user_id uuid) returns void language sql as '';
            create function public.hera_test_raise_v1(p_actor_user_id uuid, p_state text) returns jsonb language plpgsql as $$
              begin raise exception 'the message' using errcode = p_state, detail = 'the details', hint = 'the hint'; end $$;
            do $$ declare f regprocedure; begin
              for f in select p.oid from pg_proc p where p.proname like 'hera\_test\_%' loop execute format('grant execute on function %s to hera_api', f); end loop;
            end $$;
            """);
        _tenant = await Tenant.CreateAsync(_database);
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _actor = (await PostAsync("hera_test_echo_v1", "{}")).Json["actor"]!.GetValue<string>();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task The_result_is_bare_whatever_its_type()
    {
        var json = await PostAsync(EventIn, Event);
        var boolean = await PostAsync("hera_test_boolean_v1", "{}");
        var nothing = await PostAsync("hera_test_nothing_v1", "{}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((json.Status, json.ContentType), Is.EqualTo((200, "application/json")), json.Text);
            Assert.That(json.Json["event_id"], Is.Not.Null);
            Assert.That((boolean.Status, boolean.Text), Is.EqualTo((200, "true")));
            Assert.That((nothing.Status, nothing.Text), Is.EqualTo((204, "")));
        }
    }

    [TestCase("""{"p_number": 7}""", "number", "7")]
    [TestCase("""{"p_number": "7"}""", "number", "7")]
    [TestCase("""{"p_exact": 12345678901234567890.123456789}""", "exact", "12345678901234567890.123456789")]
    [TestCase("""{"p_exact": "0.10"}""", "exact", "0.10")]
    [TestCase("""{"p_flag": true}""", "flag", "true")]
    [TestCase("""{"p_when": "2026-01-31T12:00:00+01:00"}""", "when", "\"2026-01-31T11:00:00\"")]
    [TestCase("""{"p_texts": ["a", "b\"c\\d", "{x,y}", null, ""]}""", "texts", """["a", "b\"c\\d", "{x,y}", null, ""]""")]
    [TestCase("""{"p_numbers": [1, 2]}""", "numbers", "[1, 2]")]
    [TestCase("""{"p_numbers": "{1,2}"}""", "numbers", "[1, 2]")]
    [TestCase("""{"p_document": {"a": [1, {"b": "ä"}]}}""", "document", """{"a": [1, {"b": "ä"}]}""")]
    [TestCase("""{"p_document": "text"}""", "document", "\"text\"")]
    [TestCase("""{"p_number": null}""", "number", "null")]
    [TestCase("", "number", "1")]
    public async Task Arguments_are_read_as_the_function_declares_them(string body, string name, string expected)
    {
        var answer = await PostAsync("hera_test_echo_v1", body);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(JsonNode.DeepEquals(answer.Json[name], JsonNode.Parse(expected)), answer.Text);
    }

    [TestCase("p_number=7", "number", "7")]
    [TestCase("p_flag=true", "flag", "true")]
    [TestCase("p_texts=%7Ba,%22b,c%22%7D", "texts", """["a", "b,c"]""")]
    [TestCase("p_document=%7B%22a%22%3A1%7D", "document", """{"a": 1}""")]
    [TestCase("p_number=7&select=*&limit=1&offset=0&order=x&columns=y", "number", "7")]
    public async Task Query_parameters_are_the_arguments_of_a_get(string query, string name, string expected)
    {
        var answer = await GetAsync("hera_test_echo_v1?" + query);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(JsonNode.DeepEquals(answer.Json[name], JsonNode.Parse(expected)), answer.Text);
    }

    [Test]
    public async Task Head_answers_as_get_without_the_body()
    {
        var got = await GetAsync("hera_test_echo_v1?p_number=7");
        var head = await _host.SendAsync(HttpMethod.Head, Rpc + "hera_test_echo_v1?p_number=7", _tenant.Token);
        var missing = await _host.SendAsync(HttpMethod.Head, Rpc + "hera_nothing_v1", _tenant.Token);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((head.Status, head.Text), Is.EqualTo((200, "")));
            Assert.That(head.Headers["Content-Length"], Is.EqualTo($"{got.Text.Length}"));
            Assert.That((missing.Status, missing.Text), Is.EqualTo((404, "")));
        }
    }

    [TestCase("{", 400, "PGRST102")]
    [TestCase("[]", 400, "PGRST102")]
    [TestCase("""{"p_numbr": 1}""", 404, "PGRST202")]
    [TestCase("""{"p_number": 1, "p_number": 2}""", 400, "PT400")]
    [TestCase("""{"p_number": "seven"}""", 400, "22P02")]
    [TestCase("""{"p_number": 99999999999}""", 400, "22003")]
    [TestCase("""{"p_texts": {"a": 1}}""", 400, "22P02")]
    [TestCase("""{"p_when": "yesterdayish"}""", 400, "22007")]
    [TestCase("""{"p_actor_user_id": "me"}""", 400, "22P02")]
    public async Task A_body_that_does_not_fit_is_refused_with_its_code(string body, int status, string code) =>
        AssertError(await PostAsync("hera_test_echo_v1", body), status, code);

    [TestCase("number=eq.7", 400, "PGRST100")]
    [TestCase("p_numbr=7", 404, "PGRST202")]
    [TestCase("p_number=7&p_number=8", 400, "PT400")]
    [TestCase("p_number=seven", 400, "22P02")]
    [TestCase("p_document=%7B", 400, "PGRST102")]
    public async Task A_query_that_does_not_fit_is_refused_with_its_code(string query, int status, string code) =>
        AssertError(await GetAsync("hera_test_echo_v1?" + query), status, code);

    [Test]
    public async Task A_missing_argument_is_named()
    {
        var answer = await PostAsync(EventIn, """{"p_event_source": "shop"}""");

        AssertError(answer, 404, "PGRST202");
        Assert.That(answer.Json["hint"]!.GetValue<string>(), Does.Contain("p_event_type"));
    }

    [TestCase("PT400", 400, "the details")]
    [TestCase("PT404", 404, "the details")]
    [TestCase("PT409", 409, "the details")]
    [TestCase("PT422", 422, "the details")]
    [TestCase("PT429", 429, "the details")]
    [TestCase("42501", 403, "permission_denied")]
    [TestCase("23505", 409, "conflict")]
    [TestCase("XX000", 500, "internal_error")]
    public async Task What_a_function_raises_has_its_state_as_code(string state, int status, string details)
    {
        var answer = await PostAsync("hera_test_raise_v1", $$"""{"p_state": "{{state}}"}""");

        AssertError(answer, status, state, details);
        Assert.That(answer.Json["hint"]!.GetValue<string>(), state.StartsWith("PT", StringComparison.Ordinal) ? Is.EqualTo("the hint") : Is.Not.Empty);
        Assert.That(answer.Text, state == "XX000" ? Does.Not.Contain("the message") : Is.Not.Empty);
    }

    [Test]
    public async Task Only_stable_functions_answer_to_get()
    {
        var events = await _tenant.EventsAsync(_database);

        AssertError(await GetAsync(EventIn + "?p_event_source=shop&p_event_type=order"), 405, "25006", "method_not_allowed");
        AssertError(await GetAsync("hera_test_nothing_v1"), 405, "25006", "method_not_allowed");
        Assert.That((await _host.SendAsync(HttpMethod.Head, Rpc + "hera_test_nothing_v1", _tenant.Token)).Status, Is.EqualTo(405));
        Assert.That((await GetAsync("hera_test_boolean_v1")).Status, Is.EqualTo(200));
        Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(events));
    }

    [TestCase("PUT")]
    [TestCase("PATCH")]
    [TestCase("DELETE")]
    public async Task Other_methods_are_405(string method)
    {
        var answer = await _host.SendAsync(new HttpMethod(method), Rpc + "hera_test_echo_v1", _tenant.Token, "{}");

        AssertError(answer, 405, "PGRST101");
        Assert.That(answer.Headers["Allow"], Does.Contain("POST").And.Contain("GET").And.Contain("HEAD"));
    }

    [Test]
    public async Task A_body_that_is_not_JSON_is_415() =>
        AssertError(await _host.SendAsync(HttpMethod.Post, Rpc + "hera_test_echo_v1", _tenant.Token, "a=b", "application/x-www-form-urlencoded"), 415, "PGRST107");

    [Test]
    public async Task Only_the_schema_public_is_served()
    {
        Assert.That((await PostAsync("hera_test_echo_v1", "{}", ("Content-Profile", "public"))).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("hera_test_echo_v1", ("Accept-Profile", "public"))).Status, Is.EqualTo(200));
        AssertError(await PostAsync("hera_test_echo_v1", "{}", ("Content-Profile", "hera")), 406, "PGRST106");
        AssertError(await GetAsync("hera_test_echo_v1", ("Accept-Profile", "hera_internal")), 406, "PGRST106");
    }

    [TestCase("application/json", 200, "application/json")]
    [TestCase("*/*", 200, "application/json")]
    [TestCase("text/html, application/*;q=0.8", 200, "application/json")]
    [TestCase("application/vnd.pgrst.object+json", 200, "application/vnd.pgrst.object+json")]
    [TestCase("text/csv", 406, "application/json")]
    public async Task The_media_type_is_negotiated(string accept, int status, string mediaType)
    {
        var answer = await GetAsync("hera_test_echo_v1", ("Accept", accept));

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((status, mediaType)), answer.Text);
        if (status == 406)
            AssertError(answer, 406, "PGRST107");
    }

    [Test]
    public async Task The_actor_is_the_tokens_and_no_other()
    {
        var same = await PostAsync("hera_test_echo_v1", $$"""{"p_actor_user_id": "{{_actor}}"}""");
        var sameByGet = await GetAsync($"hera_test_echo_v1?p_actor_user_id={_actor}");

        Assert.That((same.Json["actor"]!.GetValue<string>(), sameByGet.Json["actor"]!.GetValue<string>()), Is.EqualTo((_actor, _actor)));
        Assert.That((await PostAsync("hera_test_echo_v1", """{"p_actor_user_id": null}""")).Json["actor"]!.GetValue<string>(), Is.EqualTo(_actor));
        AssertError(await PostAsync("hera_test_echo_v1", $$"""{"p_actor_user_id": "{{Tenant.SystemActor}}"}"""), 403, "42501", "permission_denied");
        AssertError(await GetAsync($"hera_test_echo_v1?p_actor_user_id={Tenant.SystemActor}"), 403, "42501", "permission_denied");
    }

    [Test]
    public async Task The_organization_is_the_argument_then_the_header_then_the_claim_then_the_first_membership()
    {
        var second = await Tenant.CreateAsync(_database, subject: _tenant.Subject);
        var claimed = Tokens.For(_tenant.Subject, token => token.Claims["org_id"] = second.Organization.ToString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await OrganizationAsync(_tenant.Token, "{}"), Is.EqualTo(_tenant.Organization));
            Assert.That(await OrganizationAsync(claimed, "{}"), Is.EqualTo(second.Organization));
            Assert.That(await OrganizationAsync(claimed, "{}", _tenant.Header), Is.EqualTo(_tenant.Organization));
            Assert.That(
                await OrganizationAsync(claimed, $$"""{"p_organization_id": "{{second.Organization}}"}""", _tenant.Header), Is.EqualTo(second.Organization));
        }
    }

    [Test]
    public async Task An_organization_of_others_is_refused_and_nothing_written()
    {
        var other = await Tenant.CreateAsync(_database);

        var answer = await PostAsync(EventIn, Event[..^1] + $$""", "p_organization_id": "{{other.Organization}}"}""");

        AssertError(answer, 403, "PT403", "actor_not_member");
        Assert.That(await other.EventsAsync(_database), Is.Zero);
    }

    [Test]
    public async Task Without_a_valid_token_nothing_is_told_of_functions()
    {
        AssertError(await _host.PostAsync(Rpc + EventIn, null, Event), 401, "PGRST302", "invalid_token");
        AssertError(await _host.PostAsync(Rpc + EventIn, "nonsense", Event), 401, "PGRST301", "invalid_token");
        AssertError(await _host.PostAsync(Rpc + "hera_nothing_v1", null, Event), 401, "PGRST302", "invalid_token");
        Assert.That((await _host.PostAsync(Rpc + EventIn, null, Event)).Headers["WWW-Authenticate"], Does.StartWith("Bearer"));
    }

    [Test]
    public async Task The_bearer_decides_and_not_the_apikey_beside_it()
    {
        Assert.That((await PostAsync("hera_test_echo_v1", "{}", ("apikey", "a publishable key"))).Status, Is.EqualTo(200));
        AssertError(await _host.PostAsync(Rpc + "hera_test_echo_v1", null, "{}", ("apikey", _tenant.Token)), 401, "PGRST302", "invalid_token");
    }

    [TestCase("hera_identity_resolve_v1", """{"p_auth_uid": "00000000-0000-0000-0000-000000000001"}""")]
    [TestCase("hera_platform_settings_v1", """{"p_webhook": {"allow_http": true}}""")]
    [TestCase("hera_audit_refusal_v1", """{"p_refused_user_id": null, "p_organization_id": null, "p_function": "f", "p_error": "e"}""")]
    [TestCase("hera_webhook_get_by_topic_v1", """{"p_organization_id": "00000000-0000-0000-0000-000000000000", "p_topic": "x"}""")]
    public async Task The_hosts_own_functions_are_not_served_though_the_arguments_fit(string function, string body) =>
        AssertError(await _host.PostAsync(Rpc + function, Tokens.For(Tenant.SystemActor), body), 404, "PGRST202");

    [Test]
    public async Task Whatever_is_served_stands_in_the_permission_matrix()
    {
        // A function that takes an actor and authorizes nobody would be open to every user.
        await using var database = await TestDatabase.CreateAsync();

        Assert.That(await database.ListAsync<string>("""
            select p.proname::text from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%' and has_function_privilege('hera_api', p.oid, 'execute')
              and 'p_actor_user_id' = any (p.proargnames) and p.proname not in (select r.function_name from hera.rpc_permissions r)
            """), Is.Empty);
    }

    [Test]
    public async Task No_function_but_the_clients_is_served()
    {
        var others = await _database.ListAsync<string>("""
            select p.proname::text from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.proname ~ '^hera_'
              and (not 'p_actor_user_id' = any (coalesce(p.proargnames, '{}')) or not has_function_privilege('hera_api', p.oid, 'execute'))
            """);
        Assert.That(others, Does.Contain("hera_outbox_claim_v1").And.Contain("hera_platform_settings_v1").And.Contain("hera_identity_resolve_v1").And.Contain("hera_webhook_get_by_topic_v1"));

        var admin = Tokens.For(Tenant.SystemActor);
        foreach (var function in others.Append("pg_sleep").Append("hera_internal.authorize"))
            AssertError(await _host.PostAsync(Rpc + function, admin, "{}"), 404, "PGRST202");
    }

    [Test]
    public async Task A_function_that_is_made_while_the_host_runs_is_served_and_one_without_an_actor_is_not()
    {
        // Asked for before it is there, so that its absence is known.
        AssertError(await PostAsync("hera_tomorrow_v1", "{}"), 404, "PGRST202");
        await _database.ExecuteAsync("""
            create function public.hera_tomorrow_v1(p_actor_user_id uuid, p_value text default 'new') returns jsonb language sql stable as 'select to_jsonb(p_value)';
            create function public.hera_anonymous_v1(p_value text default 'new') returns jsonb language sql stable as 'select to_jsonb(p_value)';
            create function public.hera_ungranted_v1(p_actor_user_id uuid) returns jsonb language sql stable as 'select ''{}''::jsonb';
            revoke execute on function public.hera_ungranted_v1(uuid) from public;
            grant execute on function public.hera_tomorrow_v1(uuid, text), public.hera_anonymous_v1(text) to hera_api;
            """);

        var answer = await Eventually.Async(() => PostAsync("hera_tomorrow_v1", "{}"), found => found.Status != 404, seconds: 10);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((200, "\"new\"")));
        Assert.That((await GetAsync("hera_tomorrow_v1?p_value=other")).Text, Is.EqualTo("\"other\""));
        AssertError(await PostAsync("hera_anonymous_v1", "{}"), 404, "PGRST202");
        AssertError(await PostAsync("hera_ungranted_v1", "{}"), 404, "PGRST202");
    }

    private Task<Answer> PostAsync(string function, string body, params (string Name, string Value)[] headers) =>
        _host.PostAsync(Rpc + function, _tenant.Token, body, headers);

    private Task<Answer> GetAsync(string function, params (string Name, string Value)[] headers) => _host.GetAsync(Rpc + function, _tenant.Token, headers);

    private async Task<Guid> OrganizationAsync(string token, string body, params (string Name, string Value)[] headers)
    {
        var answer = await _host.PostAsync(Rpc + "hera_test_where_v1", token, body, headers);
        return answer.Status == 200 ? answer.Json.GetValue<Guid>() : throw new InvalidOperationException(answer.ToString());
    }

    private static void AssertError(Answer answer, int status, string code, string? details = null)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Status, answer.ContentType), Is.EqualTo((status, "application/json")), answer.Text);
            Assert.That(answer.Json.AsObject().Select(property => property.Key), Is.EqualTo(new[] { "code", "message", "details", "hint" }));
            Assert.That(answer.Json["code"]!.GetValue<string>(), Is.EqualTo(code), answer.Text);
            Assert.That(answer.Json["message"]!.GetValue<string>(), Is.Not.Empty);
            if (details is not null)
                Assert.That(answer.Json["details"]!.GetValue<string>(), Is.EqualTo(details));
        }
    }
}
