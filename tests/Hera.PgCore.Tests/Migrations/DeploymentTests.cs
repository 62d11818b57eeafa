using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Migrations;

public sealed class DeploymentTests
{
    private const string JournalRows = "select count(*) from hera.schema_journal";

    private TestDatabase database = null!;
    private Samples samples = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        database = await TestDatabase.CreateEmptyAsync();
        samples = [];
    }

    [TearDown]
    public async Task DropAsync() => await database.DisposeAsync();

    [Test]
    public async Task Fresh_install_runs_each_script_once_in_the_order_of_its_folder()
    {
        samples["seeds/connectors/aaa.sql"] = "insert into hera.things values (2, 'two');";
        var first = Deploy();
        Assert.That(first.Scripts, Is.EqualTo(new[]
        {
            "migrations/0001_roles.sql", "migrations/0002_schemas.sql", Samples.Table, Samples.Helper, Samples.Worker, Samples.Api,
            Samples.View, Samples.Seed, "seeds/connectors/aaa.sql",
        }));
        Assert.That(Deploy().Scripts, Is.Empty);
        Assert.That(await database.ListAsync<string>("select script from hera.schema_journal order by id"), Is.EqualTo(first.Scripts));
        Assert.That(Verify().ExitCode, Is.EqualTo(ExitCodes.Clean));
    }

    [TestCase("seeds/setup.sql")]
    [TestCase("checks/report.sql")]
    public void A_script_for_psql_is_left_to_people(string path)
    {
        samples[path] = "-- for psql\n\\echo 'Things:'\nselect 1 as finding;";
        Assert.That(Deploy().Scripts, Does.Not.Contain(path));
        Assert.That(Verify().ExitCode, Is.EqualTo(ExitCodes.Clean));
    }

    [TestCase("(select relowner from pg_class where oid = 'hera.things'::regclass)", "hera_owner")]
    [TestCase("(select proowner from pg_proc where oid = 'hera_internal.answer'::regproc)", "hera_owner")]
    [TestCase("(select proowner from pg_proc where oid = 'hera_things_v1'::regproc)", "hera_owner")]
    [TestCase("(select proowner from pg_proc where oid = 'hera_outbox_things_v1'::regproc)", "hera_worker_owner")]
    [TestCase("(select relowner from pg_class where oid = 'core_things'::regclass)", "hera_view")]
    [TestCase("(select nspowner from pg_namespace where nspname = 'hera')", "hera_owner")]
    [TestCase("(select relowner from pg_class where oid = 'hera.schema_journal'::regclass)", "hera_owner")]
    [TestCase("(select relowner from pg_class where oid = 'mine'::regclass)", "hera_worker_owner")]
    public async Task The_folder_or_the_first_line_decides_the_owner(string owner, string expected)
    {
        samples["migrations/0004_mine.sql"] = "-- as hera_worker_owner\ncreate table public.mine (n int);";
        Deploy();
        Assert.That(await database.ScalarAsync<string>($"select pg_get_userbyid({owner})::text"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Functions_views_and_seeds_run_again_when_changed_and_when_changed_back()
    {
        Deploy();
        var original = samples[Samples.Helper];
        samples[Samples.Helper] = original.Replace("42", "43", StringComparison.Ordinal);
        Assert.That(Deploy().Scripts, Is.EqualTo(new[] { Samples.Helper }));
        Assert.That(await database.ScalarAsync<int>("select hera_things_v1()"), Is.EqualTo(43));
        samples[Samples.Helper] = original;
        samples[Samples.Seed] = samples[Samples.Seed].Replace("'one'", "'uno'", StringComparison.Ordinal);
        Assert.That(Deploy().Scripts, Is.EqualTo(new[] { Samples.Helper, Samples.Seed }));
        Assert.That(await database.ScalarAsync<int>("select hera_things_v1()"), Is.EqualTo(42));
        Assert.That(await database.ScalarAsync<string>("select name from core_things"), Is.EqualTo("uno"));
        Assert.That(Deploy().Scripts, Is.Empty);
    }

    [Test]
    public void Line_ends_and_a_byte_order_mark_are_no_change()
    {
        Deploy();
        foreach (var path in samples.Keys)
            samples[path] = "\uFEFF" + samples[path].Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.That(Deploy().Scripts, Is.Empty);
    }

    [Test]
    public async Task Scripts_with_carriage_returns_deploy_the_same_functions()
    {
        foreach (var path in samples.Keys)
            samples[path] = samples[path].Replace("\n", "\r\n", StringComparison.Ordinal);
        Deploy();
        Assert.That(
            await database.ScalarAsync<bool>("select bool_and(prosrc not like E'%\\r%') from pg_proc where proname ~ '^hera_|^answer$'"),
            Is.True);
    }

    [Test]
    public async Task Two_deployments_at_once_apply_each_script_once()
    {
        samples["migrations/0004_slow.sql"] = "select pg_sleep(0.5); create table hera.slow (n int);";
        samples["migrations/0005_index.sql"] = "-- no transaction\ncreate index concurrently slow_n on hera.slow (n);";
        var results = await Task.WhenAll(Task.Run(Deploy), Task.Run(Deploy), Task.Run(Deploy)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(results.Sum(r => r.Scripts.Count), Is.EqualTo(samples.Count));
        Assert.That(await database.ScalarAsync<long>(JournalRows), Is.EqualTo(samples.Count));
        Assert.That(Verify().ExitCode, Is.EqualTo(ExitCodes.Clean));
    }

    [Test]
    public async Task A_deployment_that_is_a_deadlocks_victim_is_done_again()
    {
        samples["migrations/0004_tables.sql"] = "create table hera.a (n int); create table hera.b (n int);";
        Deploy();
        samples["migrations/0005_locks.sql"] = "lock table hera.a; select pg_sleep(2); lock table hera.b; create table hera.c (n int);";
        await using var caller = await database.ConnectAsync();
        async Task CallAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, caller);
            await command.ExecuteNonQueryAsync();
        }

        // The caller never looks for a deadlock, so the deployment is the one to find it.
        await CallAsync("set deadlock_timeout = '1h'; begin; lock table hera.b");
        var deploying = Task.Run(Deploy);
        while (!await database.ScalarAsync<bool>("select exists (select from pg_locks where relation = 'hera.a'::regclass and granted)"))
            await Task.Delay(20);
        await CallAsync("lock table hera.a");
        await CallAsync("commit");

        Assert.That((await deploying.WaitAsync(TimeSpan.FromMinutes(1))).Scripts, Is.EqualTo(new[] { "migrations/0005_locks.sql" }));
        Assert.That(Verify().ExitCode, Is.EqualTo(ExitCodes.Clean));
    }

    [Test]
    public async Task A_failure_half_way_leaves_the_schema_byte_for_byte()
    {
        Deploy();
        var before = await SchemaDump.TakeAsync(database.ConnectionString);
        samples["migrations/0004_more.sql"] = "create table hera.more (n int);";
        samples[Samples.Api] = Samples.Function("public.hera_things_v1", "7", grantee: "hera_api");
        samples["views/wrong.sql"] = "-- A view.\n\ncreate view public.core_more as\n  select nothing from hera.more;";
        var error = Assert.Throws<DeploymentException>(() => Deploy())!;
        Assert.That((error.InnerException as PostgresException)?.SqlState, Is.EqualTo("42501").Or.EqualTo("42703"));
        Assert.That(await SchemaDump.TakeAsync(database.ConnectionString), Is.EqualTo(before));
        Assert.That(await database.ScalarAsync<long>(JournalRows), Is.EqualTo(8));
    }

    [Test]
    public async Task A_failure_of_the_first_deployment_leaves_nothing()
    {
        samples[Samples.Seed] = "-- Seeds.\nselect 1;\nselect 1 / 0;";
        var error = Assert.Throws<DeploymentException>(() => Deploy())!;
        Assert.That((error.InnerException as PostgresException)?.SqlState, Is.EqualTo("22012"));
        Assert.That(error.Message, Does.Contain("seeds/things.sql:3"));
        Assert.That(await database.ScalarAsync<object>("select to_regnamespace('hera')::text"), Is.Null);
    }

    [TestCase("create table hera.t (n int);\n\ncreate table hera.u (\n  n int,\n  m wrong\n);", 5)]
    [TestCase("-- first\n\n-- second\nselect nothing;\nselect 1;", 4)]
    [TestCase("select 1;\ncreate function hera_internal.f() returns int language plpgsql as $$\nbegin\n  retrun 1;\nend $$;", 4)]
    public void An_error_names_script_and_line(string text, int line)
    {
        samples["migrations/0004_wrong.sql"] = text;
        Assert.That(Assert.Throws<DeploymentException>(() => Deploy())!.Message, Does.StartWith($"migrations/0004_wrong.sql:{line}:"));
    }

    [Test]
    public async Task An_edited_migration_stops_everything()
    {
        Deploy();
        samples[Samples.Table] += "\n";
        samples[Samples.Helper] = Samples.Function("hera_internal.answer", "1");
        var error = Assert.Throws<DeploymentException>(() => Deploy())!;
        Assert.That((error.ExitCode, error.Message.Contains(Samples.Table, StringComparison.Ordinal)), Is.EqualTo((ExitCodes.Drift, true)));
        Assert.That(await database.ScalarAsync<int>("select hera_things_v1()"), Is.EqualTo(42));
        Assert.That(Verify().ExitCode, Is.EqualTo(ExitCodes.Drift));
    }

    [Test]
    public void A_removed_migration_stops_everything()
    {
        Deploy();
        samples.Remove(Samples.Table);
        Assert.That(Assert.Throws<DeploymentException>(() => Deploy())!.ExitCode, Is.EqualTo(ExitCodes.Drift));
        Assert.That(Verify().ExitCode, Is.EqualTo(ExitCodes.Drift));
    }

    [Test]
    public async Task A_dry_run_tells_and_leaves_nothing()
    {
        var would = new Deployment(database.ConnectionString, scripts: samples.Set).Up(dryRun: true);
        Assert.That(would.Scripts, Has.Count.EqualTo(samples.Count));
        Assert.That(await database.ScalarAsync<object>("select to_regnamespace('hera')::text"), Is.Null);

        Deploy();
        samples[Samples.Helper] = Samples.Function("hera_internal.answer", "1");
        samples["migrations/0004_index.sql"] = "-- no transaction\ncreate index concurrently things_name on hera.things (name);";
        would = new Deployment(database.ConnectionString, scripts: samples.Set).Up(dryRun: true);
        Assert.That(would.Scripts, Is.EqualTo(new[] { Samples.Helper, "migrations/0004_index.sql" }));
        Assert.That(await database.ScalarAsync<int>("select hera_things_v1()"), Is.EqualTo(42));
        Assert.That(await database.ScalarAsync<long>(JournalRows), Is.EqualTo(8));
    }

    [Test]
    public void A_dry_run_shows_the_error_that_the_deployment_would_meet()
    {
        samples[Samples.Seed] = "select 1 / 0;";
        Assert.Throws<DeploymentException>(() => new Deployment(database.ConnectionString, scripts: samples.Set).Up(dryRun: true));
    }

    [Test]
    public async Task Functions_in_language_sql_may_use_what_comes_later_but_not_what_never_comes()
    {
        samples["functions/internal/a_first.sql"] =
            """
            create function hera_internal.a_first() returns bigint language sql set search_path = public, pg_temp
            as $$ select count(*) from core_things $$;
            """;
        Deploy();
        Assert.That(await database.ScalarAsync<string>("select current_setting('check_function_bodies')"), Is.EqualTo("on"));
        samples["functions/internal/b_wrong.sql"] =
            "create function hera_internal.b_wrong() returns int language sql as $$ select hera_internal.never() $$;";
        var error = Assert.Throws<DeploymentException>(() => Deploy())!;
        Assert.That(error.Message, Does.StartWith("functions/internal/b_wrong.sql"));
        Assert.That(await database.ScalarAsync<object>("select to_regproc('hera_internal.b_wrong')::text"), Is.Null);
    }

    [Test]
    public async Task A_script_outside_the_transaction_runs_after_it_as_its_owner()
    {
        samples["migrations/0004_index.sql"] = "-- no transaction\ncreate index concurrently things_name on hera.things (name);";
        samples["migrations/0005_column.sql"] = "alter table hera.things add note text;";
        Assert.That(Deploy().Scripts[^1], Is.EqualTo("migrations/0004_index.sql"));
        const string owner = "select pg_get_userbyid(relowner)::text from pg_class where oid = 'hera.things_name'::regclass";
        Assert.That(await database.ScalarAsync<string>(owner), Is.EqualTo("hera_owner"));
        Assert.That(Deploy().Scripts, Is.Empty);
    }

    [TestCase("migrations/5_short.sql")]
    [TestCase("migrations/0003_again.sql")]
    [TestCase("elsewhere/x.sql")]
    [TestCase("functions/other/x.sql")]
    public void A_script_out_of_place_is_refused(string path)
    {
        samples[path] = "select 1;";
        Assert.Throws<DeploymentException>(() => _ = samples.Set);
    }

    private DeploymentResult Deploy() => new Deployment(database.ConnectionString, scripts: samples.Set).Up();

    private VerificationResult Verify() => new Deployment(database.ConnectionString, scripts: samples.Set).Verify();
}
