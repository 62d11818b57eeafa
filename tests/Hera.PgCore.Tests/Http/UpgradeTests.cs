using System.Collections.Concurrent;
using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Hosts and functions of different ages work together, and a deployment disturbs nobody.</summary>
public sealed class UpgradeTests
{
    private const string Event = """{"event_source": "shop", "event_type": "order.paid"}""";

    private TestDatabase _database = null!;
    private Tenant _tenant = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await Tenant.CreateAsync(_database);
    }

    [TearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task A_deployment_under_load_is_noticed_by_no_caller()
    {
        await using var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var host = await TestHost.StartAsync(_database);
        await UntilAsync(async () => (await host.GetAsync("/readyz")).Status == 200);
        var webhook = await PostAsync(host, "webhooks", $$"""{"operation": "CREATE", "webhook_config": {"url": "{{receiver.Url}}"} }""");
        Assert.That(webhook.Status, Is.EqualTo(200), webhook.Text);
        var answers = new ConcurrentBag<Answer>();
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                answers.Add(await PostAsync(host, "events", Event));
                await Task.Delay(20);
            }
        })).ToArray();
        await UntilAsync(() => Task.FromResult(answers.Count > 20));

        var deployed = await Task.Run(() => new Deployment(_database.ConnectionString, scripts: NextRelease()).Up());
        var meanwhile = answers.Count;
        await UntilAsync(() => Task.FromResult(answers.Count > meanwhile + 20));
        await end.CancelAsync();
        await Task.WhenAll(callers);

        Assert.That(deployed.Scripts, Has.Count.GreaterThan(100), "all functions and views were deployed anew");
        Assert.That(answers.Where(answer => answer.Status != 200).Select(answer => answer.ToString()).Distinct(), Is.Empty);
        Assert.That(await UntilAsync(() => Task.FromResult(receiver.Requests.Select(request => request.Header("webhook-id")).Distinct().Count() == answers.Count)), "all were delivered");
    }

    [Test]
    public async Task An_old_host_calls_a_function_that_has_got_another_parameter()
    {
        await using var host = await TestHost.StartAsync(_database);
        // Often enough for its statement to be prepared.
        for (var call = 0; call < 6; call++)
            await PostAsync(host, "logs", "{}");

        await _database.ExecuteAsync("""
            do $do$
            declare v_definition text := pg_get_functiondef('hera_webhook_logs_v1'::regproc);
            begin
              drop function public.hera_webhook_logs_v1(uuid, uuid, jsonb);
              execute regexp_replace(v_definition, 'p_filter jsonb DEFAULT ''\{\}''::jsonb', '\&, p_more text default null');
              execute 'grant execute on function public.hera_webhook_logs_v1 to hera_api';
            end $do$;
            """);
        Assert.That(await _database.ScalarAsync<int>("select pronargs::int from pg_proc where proname = 'hera_webhook_logs_v1'"), Is.EqualTo(4));

        Assert.That((await PostAsync(host, "logs", "{}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_new_function_is_no_matter_to_an_old_host()
    {
        await using var host = await TestHost.StartAsync(_database);
        await PostAsync(host, "events", Event);

        await _database.ExecuteAsync("create function public.hera_tomorrow_v1() returns jsonb language sql as 'select jsonb_build_object()'; grant execute on function public.hera_tomorrow_v1() to hera_api");

        Assert.That((await PostAsync(host, "events", Event)).Status, Is.EqualTo(200));
    }

    [TestCase("connectors", "hera_integration_connector_v1")]
    [TestCase("logs", "hera_webhook_logs_v1")]
    public async Task A_host_whose_function_is_missing_says_what_to_do_and_recovers(string path, string function)
    {
        var definition = await _database.ScalarAsync<string>($"select pg_get_functiondef('{function}'::regproc)");
        var drop = $"do $$ begin execute 'drop function ' || '{function}'::regproc::regprocedure; end $$";
        await _database.ExecuteAsync(drop);
        await using var host = await TestHost.StartAsync(_database);

        var missing = await PostAsync(host, path, "{}");
        await _database.ExecuteAsync($"{definition}; grant execute on function public.{function} to hera_api");
        var found = await Eventually.Async(() => PostAsync(host, path, "{}"), answer => answer.Status == 200, seconds: 5);
        await _database.ExecuteAsync(drop);
        var missingAgain = await PostAsync(host, path, "{}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((missing.Status, missing.Error), Is.EqualTo((404, "function_not_found")), missing.Text);
            Assert.That(missing.Json["hint"]!.GetValue<string>(), Does.Contain("migrations.runner"));
            Assert.That(found.Status, Is.EqualTo(200), found.Text);
            Assert.That((missingAgain.Status, missingAgain.Error), Is.EqualTo((404, "function_not_found")), missingAgain.Text);
        }
    }

    [Test]
    public async Task A_host_before_its_database_is_deployed_is_alive_but_not_ready()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await using var host = await TestHost.StartAsync(empty);

        var (alive, ready, health) = (await host.GetAsync("/livez"), await host.GetAsync("/readyz"), await host.GetAsync("/api/v2/health"));
        Assert.That((alive.Status, ready.Status, health.Status), Is.EqualTo((200, 503, 503)));
        Assert.That(health.Json["components"]!["guardrails"]!.GetValue<string>(), Is.EqualTo("unhealthy"));

        new Deployment(empty.ConnectionString).Up();
        Assert.That(await UntilAsync(async () => (await host.GetAsync("/readyz")).Status == 200), "without a restart");
    }

    private Task<Answer> PostAsync(TestHost host, string path, string body) => host.PostAsync("/api/v2/integrations/" + path, _tenant.Token, body, _tenant.Header);

    /// <summary>The scripts of this release with a remark in each of those that may change.</summary>
    private static ScriptSet NextRelease()
    {
        var folder = Directory.CreateTempSubdirectory("hera-next-").FullName;
        try
        {
            var sql = Repository.File("sql");
            foreach (var file in Directory.EnumerateFiles(sql, "*.sql", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(sql, file);
                var copy = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                var text = File.ReadAllText(file);
                File.WriteAllText(copy, path.StartsWith("functions", StringComparison.Ordinal) || path.StartsWith("views", StringComparison.Ordinal) ? text + "-- next\n" : text);
            }

            return ScriptSet.FromFolder(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> UntilAsync(Func<Task<bool>> condition)
    {
        for (var waited = 0; waited < 200; waited++)
        {
            if (await condition())
                return true;
            await Task.Delay(50);
        }

        return false;
    }
}
