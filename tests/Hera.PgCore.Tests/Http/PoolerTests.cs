using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>
/// The API behind the real PgBouncer in transaction mode, where each transaction may meet another server session. The pooler
/// knows no startup options: it refuses them, or drops them where it is configured so.
/// </summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class PoolerTests(bool dropsOptions)
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private const string Event = """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}}""";

    private TestDatabase _database = null!;
    private TestLogin _login = null!;
    private PgBouncer _pooler = null!;
    private Tenant _tenant = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        // Its member, so that the role has to be switched to; the worker's, so that one pooled address can serve both.
        _login = await TestLogin.CreateAsync("in role hera_api, hera_worker");
        _pooler = await PgBouncer.StartAsync(poolSize: 2, dropsOptions, _login);
        _tenant = await Tenant.CreateAsync(_database);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_pooler is not null)
            await _pooler.DisposeAsync();
        await _database.DisposeAsync();
        await _login.DisposeAsync();
    }

    [Test]
    public async Task An_event_goes_in_through_the_pooler_and_out_signed_by_a_direct_worker()
    {
        const string Secret = "canary-secret-of-the-webhook";
        await using var receiver = RawReceiver.StartWith(Ok);
        // A schedule that never comes: what is delivered was announced through the pooler and heard by the direct connection.
        await using var host = await StartHostAsync(new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        await using var worker = await TestHost.StartAsync(
            _database, new() { ["INTEGRATION_RUNTIME_ENABLED"] = "false", ["OUTBOX_WORKER_CRON"] = "0 0 0 1 1 *" });
        await CreateWebhookAsync(host, receiver, Secret);
        await worker.UntilAtRestAsync();

        var accepted = await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header);
        Assert.That(accepted.Data["deliveries"]!.GetValue<int>(), Is.EqualTo(1), accepted.Text);

        var request = await UntilAsync(() => receiver.Requests.FirstOrDefault(), seconds: 2);
        var expected = System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Secret), request.Body);
        Assert.That(request.Header("X-HERA-SIGNATURE"), Is.EqualTo("sha256=" + Convert.ToHexStringLower(expected)), "sealed through the pooler, opened beside it");
    }

    [Test]
    public async Task A_worker_behind_the_pooler_still_delivers_by_its_schedule()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await using var host = await StartHostAsync();
        await CreateWebhookAsync(host, receiver);

        for (var count = 0; count < 20; count++)
            await host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header);

        await UntilAsync(() => receiver.Requests.Count >= 20 ? "all" : null, seconds: 20);
        Assert.That(receiver.Requests.Select(request => request.Header("webhook-id")).Distinct().Count(), Is.EqualTo(20));
    }

    [Test]
    public async Task Many_callers_share_two_server_sessions()
    {
        await using var host = await StartHostAsync(new() { ["OUTBOX_WORKER_ENABLED"] = "false" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(60));
        Assert.That(
            await _database.ScalarAsync<long>($"select count(*) from pg_stat_activity where usename = '{_login.Name}' and datname = current_database()"), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task Role_time_outs_and_key_are_local_to_each_call_and_leave_nothing_behind()
    {
        await _database.ExecuteAsync("""
            create function public.hera_test_settings_v1() returns jsonb language sql as $$
              select jsonb_build_object('role', current_user, 'key', current_setting('hera.encryption_key', true), 'statement', current_setting('statement_timeout'),
                                        'lock', current_setting('lock_timeout'), 'pid', pg_backend_pid()) $$;
            grant execute on function public.hera_test_settings_v1() to hera_api;
            """);
        var connection = _pooler.Connection(_database, _login);
        await using var rpc = new HeraDatabase(HeraDatabaseOptions.ForApi(connection, "the-key"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => JsonNode.Parse(await rpc.CallAsync("hera_test_settings_v1", []))!));

        string Setting(JsonNode answer, string name) => answer[name]!.GetValue<string>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => Setting(answer, "role")), Is.All.EqualTo("hera_api"));
            Assert.That(answers.Select(answer => Setting(answer, "key")), Is.All.EqualTo("the-key"));
            Assert.That(answers.Select(answer => Setting(answer, "statement")), Is.All.EqualTo("10s"));
            Assert.That(answers.Select(answer => Setting(answer, "lock")), Is.All.EqualTo("5s"));
            Assert.That(answers.Select(answer => answer["pid"]!.GetValue<int>()).Distinct().Count(), Is.LessThanOrEqualTo(2));
        }

        // The same server sessions, used by somebody else.
        await using var other = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { NoResetOnClose = true }.ConnectionString);
        for (var transaction = 0; transaction < 4; transaction++)
        {
            await using var command = other.CreateCommand(
                "select current_user || coalesce(current_setting('hera.encryption_key', true), '') || current_setting('statement_timeout') || current_setting('lock_timeout')");
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(_login.Name + "00"));
        }

        Assert.That(await _database.ScalarAsync<long>("select count(*) from pg_stat_activity where pid <> pg_backend_pid() and query like '%the-key%'"), Is.Zero);
    }

    [Test]
    public async Task A_recorded_trace_is_shown_for_one_transaction()
    {
        await _database.ExecuteAsync("""
            create function public.hera_test_name_v1() returns jsonb language sql as $$ select to_jsonb(current_setting('application_name')) $$;
            grant execute on function public.hera_test_name_v1() to hera_api;
            """);
        await using var rpc = new HeraDatabase(HeraDatabaseOptions.ForApi(_pooler.Connection(_database, _login), null) with { MaxConnections = 1 });

        string traced;
        string traceId;
        using (var activity = new Activity("a request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            traceId = activity.TraceId.ToString();
            traced = Encoding.UTF8.GetString(await rpc.CallAsync("hera_test_name_v1", []));
        }

        var later = Encoding.UTF8.GetString(await rpc.CallAsync("hera_test_name_v1", []));
        Assert.That((traced, later), Is.EqualTo(($"\"hera_api {traceId}\"", "\"hera_api\"")));
    }

    [Test]
    public async Task A_call_that_takes_too_long_is_ended_by_its_own_time_out()
    {
        await _database.ExecuteAsync("""
            create function public.hera_test_slow_v1() returns jsonb language sql as $$ select to_jsonb(pg_sleep(30) is null) $$;
            grant execute on function public.hera_test_slow_v1() to hera_api;
            """);
        var options = HeraDatabaseOptions.ForApi(_pooler.Connection(_database, _login), null) with { StatementTimeout = TimeSpan.FromMilliseconds(300) };
        await using var rpc = new HeraDatabase(options);

        var thrown = await Assert.ThrowsAsync<RpcException>(() => rpc.CallAsync("hera_test_slow_v1", []));

        Assert.That(thrown!.Error.Status, Is.EqualTo(504));
    }

    [Test]
    public async Task A_pooler_that_goes_away_is_answered_as_an_absent_database_and_found_again()
    {
        await using var host = await StartHostAsync(new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        Assert.That((await PostAsync(host)).Status, Is.EqualTo(200));

        await _pooler.StopAsync();
        var refused = await PostAsync(host);
        await _pooler.StartAsync();
        // Pooled connections of the lost pooler may fail once each.
        var accepted = await UntilAsync(async () => (await PostAsync(host)).Status == 200 ? "yes" : null, seconds: 5);

        Assert.That((refused.Status, refused.Headers.ContainsKey("Retry-After"), accepted), Is.EqualTo((503, true, "yes")));
    }

    private Task<TestHost> StartHostAsync(Dictionary<string, string>? variables = null) =>
        TestHost.StartAsync(_pooler.Connection(_database, _login).ConnectionString, variables);

    private Task<Answer> PostAsync(TestHost host) => host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header);

    private async Task CreateWebhookAsync(TestHost host, RawReceiver receiver, string secret = "a-secret-of-the-tests-to-sign-with")
    {
        var config = $$"""{"operation": "CREATE", "webhook_config": {"url": "{{receiver.Url}}", "secret": "{{secret}}"} }""";
        // Before the settings of the start are written, plain http is refused.
        await UntilAsync(async () => (await host.PostAsync("/api/v2/integrations/webhooks", _tenant.Token, config, _tenant.Header)).Status == 200 ? "yes" : null, seconds: 5);
    }

    private static Task<T> UntilAsync<T>(Func<T?> find, int seconds)
        where T : class => UntilAsync(() => Task.FromResult(find()), seconds);

    private static async Task<T> UntilAsync<T>(Func<Task<T?>> find, int seconds)
        where T : class
    {
        for (var waited = 0; waited < seconds * 20; waited++)
        {
            if (await find() is { } found)
                return found;
            await Task.Delay(50);
        }

        throw new TimeoutException($"Waited {seconds} s in vain.");
    }
}
