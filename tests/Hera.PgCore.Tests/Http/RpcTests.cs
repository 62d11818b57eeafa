using System.Text;
using System.Text.Json.Nodes;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Calls by name, their sessions and their errors, without the web around them.</summary>
public sealed class RpcTests
{
    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync("""
            create function public.hera_test_echo_v1(p_value jsonb default '{}', p_number int default null) returns jsonb language sql as 'select p_value';
            create function public.hera_test_settings_v1() returns jsonb language sql as $$
              select jsonb_build_object('role', current_user, 'key', current_setting('hera.encryption_key', true), 'statement', current_setting('statement_timeout'),
                'lock', current_setting('lock_timeout')) $$;
            create function public.hera_test_raise_v1(p_state text) returns jsonb language plpgsql as $$
              begin raise exception 'secret words' using errcode = p_state, detail = 'more secret words', hint = 'a hint'; end $$;
            create sequence public.test_tries;
            grant usage on sequence public.test_tries to public;
            create function public.hera_test_flaky_v1(p_state text, p_succeeds_at int) returns jsonb language plpgsql as $$
              begin
                if nextval('public.test_tries') < p_succeeds_at then raise exception 'conflict' using errcode = p_state; end if;
                return '{}';
              end $$;
            do $$ declare f regprocedure; begin
              for f in select p.oid from pg_proc p where p.proname like 'hera\_test\_%' loop execute format('grant execute on function %s to hera_api', f); end loop;
            end $$;
            """);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task A_session_runs_under_its_role_with_key_and_time_outs()
    {
        await using var database = Open("the-key,an older key");

        var settings = JsonNode.Parse(await database.CallAsync("hera_test_settings_v1", []))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings["role"]!.GetValue<string>(), Is.EqualTo("hera_api"));
            Assert.That(settings["key"]!.GetValue<string>(), Is.EqualTo("the-key,an older key"));
            Assert.That(settings["statement"]!.GetValue<string>(), Is.EqualTo("10s"));
            Assert.That(settings["lock"]!.GetValue<string>(), Is.EqualTo("5s"));
        }
    }

    [Test]
    public async Task The_key_is_in_no_statement_that_other_sessions_see()
    {
        await using var database = Open("the-key-canary");
        await database.CallAsync("hera_test_settings_v1", []);

        Assert.That(await _database.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%canary%'"), Is.Zero);
    }

    [Test]
    public async Task Refused_arguments_never_disturb_the_calls_after_them()
    {
        await using var database = Open();
        string[] values = ["{}", "{\"a\": 1}", "{\"a\": \"\\u0000\"}", "[2]", "{", "3", "{}", "{\"a\": \"\\ud800\"}", "4"];
        for (var start = 0; start < values.Length; start++)
        {
            foreach (var value in values[start..].Concat(values))
            {
                var call = database.CallAsync("hera_test_echo_v1", [RpcArgument.Json("p_value", Encoding.UTF8.GetBytes(value))]);
                if (value.Contains("\\u", StringComparison.Ordinal) || value == "{")
                    Assert.That((await Assert.ThrowsAsync<RpcException>(() => call))!.Error.Status, Is.EqualTo(400));
                else
                    Assert.That(Encoding.UTF8.GetString(await call), Is.EqualTo(value));
            }
        }
    }

    [TestCase("PT404", 404, "more secret words")]
    [TestCase("PT429", 429, "more secret words")]
    [TestCase("23505", 409, "conflict")]
    [TestCase("23503", 409, "conflict")]
    [TestCase("23514", 400, "invalid_value")]
    [TestCase("22P02", 400, "invalid_value")]
    [TestCase("42501", 403, "permission_denied")]
    [TestCase("54001", 413, "too_large")]
    [TestCase("57014", 504, "timeout")]
    [TestCase("53300", 503, "unavailable")]
    [TestCase("08006", 503, "unavailable")]
    [TestCase("57P01", 503, "unavailable")]
    [TestCase("55P03", 503, "unavailable")]
    [TestCase("40001", 503, "unavailable")]
    [TestCase("P0001", 500, "internal_error")]
    [TestCase("XX000", 500, "internal_error")]
    [TestCase("42P01", 500, "internal_error")]
    public async Task Each_state_has_its_status(string state, int status, string code)
    {
        await using var database = Open();

        var thrown = await Assert.ThrowsAsync<RpcException>(() => database.CallAsync("hera_test_raise_v1", [RpcArgument.Text("p_state", state)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((thrown!.Error.Status, thrown.Error.Code), Is.EqualTo((status, code)));
            Assert.That(thrown.Error.RetryAfterSeconds, status is 429 or 503 ? Is.GreaterThan(0) : Is.Null);
            if (!state.StartsWith("PT", StringComparison.Ordinal))
                Assert.That($"{thrown.Error}", Does.Not.Contain("secret words"));
            Assert.That(ErrorMapper.Describe(thrown), Does.Not.Contain("more secret words"), "details quote rows and arguments");
        }
    }

    [TestCase("40001", 2, true)]
    [TestCase("40P01", 2, true)]
    [TestCase("40001", 3, false)]
    public async Task A_conflict_is_repeated_once(string state, int succeedsAt, bool succeeds)
    {
        await _database.ExecuteAsync("alter sequence public.test_tries restart");
        await using var database = Open();

        var call = database.CallAsync("hera_test_flaky_v1", [RpcArgument.Text("p_state", state), RpcArgument.Number("p_succeeds_at", succeedsAt)]);

        if (succeeds)
            await call;
        else
            Assert.That((await Assert.ThrowsAsync<RpcException>(() => call))!.Error.Status, Is.EqualTo(503));
        Assert.That(await _database.ScalarAsync<long>("select last_value from public.test_tries"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_database_that_is_not_there_is_503()
    {
        await using var database = new HeraDatabase(HeraDatabaseOptions.ForApi(new NpgsqlConnectionStringBuilder("Host=127.0.0.1;Port=1;Username=x;Database=x"), null));

        var thrown = await Assert.ThrowsAsync<RpcException>(() => database.PingAsync());

        Assert.That((thrown!.Error.Status, thrown.Error.RetryAfterSeconds is > 0), Is.EqualTo((503, true)));
    }

    [Test]
    public async Task A_function_deployed_later_is_found()
    {
        await using var database = Open();
        using var catalogue = new RpcCatalogue(database);
        Assert.That(await catalogue.FindAsync("hera_test_later_v1"), Is.Null);
        await _database.ExecuteAsync("""
            create function public.hera_test_later_v1(p_a text, p_b uuid default null) returns jsonb language sql as 'select ''1''::jsonb';
            grant execute on function public.hera_test_later_v1(text, uuid) to hera_api;
            """);

        var signature = await Eventually.Async(() => catalogue.FindAsync("hera_test_later_v1").AsTask(), found => found is not null, seconds: 5);

        Assert.That(signature!.Parameters, Is.EqualTo(new[] { new RpcParameter("p_a", "text", false), new RpcParameter("p_b", "uuid", true) }));
    }

    [Test]
    public async Task What_is_not_granted_is_not_in_the_catalogue()
    {
        await using var database = Open();
        using var catalogue = new RpcCatalogue(database);

        Assert.That(await catalogue.FindAsync("hera_outbox_claim_v1"), Is.Null);
        Assert.That(await catalogue.FindAsync("hera_integration_event_in_v1"), Is.Not.Null);
    }

    private HeraDatabase Open(string? key = null) =>
        new(HeraDatabaseOptions.ForApi(new NpgsqlConnectionStringBuilder(_database.ConnectionString), key) with { MaxConnections = 1 });
}
