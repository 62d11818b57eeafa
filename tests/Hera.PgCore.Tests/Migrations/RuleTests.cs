using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Migrations;

/// <summary>Each rule of sql/checks/rules finds what it is there to find.</summary>
public sealed class RuleTests
{
    private const string Body = "language plpgsql set search_path = pg_catalog, pg_temp as $$ begin return 1; end $$";

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        database = await TestDatabase.CreateEmptyAsync();
        var samples = WithRules();
        samples["migrations/0004_tenants.sql"] = """
            create table hera.rpc_permissions (function_name text, operation text, role text);
            insert into hera.rpc_permissions values ('hera_things_v1', 'LIST', 'member');
            create table hera.core_organizations (id uuid primary key);
            create table hera.core_entities (
              organization_id uuid references hera.core_organizations,
              id uuid,
              primary key (organization_id, id));
            create table hera.tenant_things (
              organization_id uuid,
              to_organization_id uuid,
              id uuid,
              entity_id uuid,
              primary key (organization_id, id),
              foreign key (to_organization_id, entity_id) references hera.core_entities (organization_id, id));
            create table hera.outbox_ready (organization_id uuid, position bigint primary key);
            alter table hera.core_entities enable row level security, force row level security;
            alter table hera.tenant_things enable row level security, force row level security;
            alter table hera.outbox_ready enable row level security, force row level security;
            """;
        new Deployment(database.ConnectionString, scripts: samples.Set).Up();
        Assert.That(Broken(), Is.Empty);
    }

    [OneTimeTearDown]
    public async Task DropAsync() => await database.DisposeAsync();

    [TestCase(
        "no_overloads",
        $"create function public.hera_things_v1(int) returns int {Body}; comment on function hera_things_v1(int) is 'x'; "
        + "revoke all on function hera_things_v1(int) from public",
        "drop function public.hera_things_v1(int)")]
    [TestCase(
        "functions_commented",
        "comment on function public.hera_things_v1() is null",
        "comment on function public.hera_things_v1() is 'Answers.'")]
    [TestCase(
        "no_public_execute",
        "grant execute on function public.hera_things_v1() to public",
        "revoke execute on function public.hera_things_v1() from public")]
    [TestCase(
        "no_public_execute",
        "grant execute on function hera_internal.answer() to public",
        "revoke execute on function hera_internal.answer() from public")]
    [TestCase(
        "pinned_search_path",
        "alter function public.hera_things_v1() reset search_path",
        "alter function public.hera_things_v1() set search_path = pg_catalog, pg_temp")]
    [TestCase(
        "pinned_search_path",
        "alter function public.hera_things_v1() set search_path = pg_temp, public",
        "alter function public.hera_things_v1() set search_path = pg_catalog, pg_temp")]
    [TestCase(
        "pinned_search_path",
        "alter function hera_internal.answer() reset search_path",
        "alter function hera_internal.answer() set search_path = pg_catalog, pg_temp")]
    [TestCase(
        "tenant_tables_force_rls",
        "alter table hera.tenant_things no force row level security",
        "alter table hera.tenant_things force row level security")]
    [TestCase(
        "tenant_tables_force_rls",
        "alter table hera.tenant_things disable row level security",
        "alter table hera.tenant_things enable row level security")]
    [TestCase("tenant_keys", "create unique index wrong on hera.tenant_things (id)", "drop index hera.wrong")]
    [TestCase("tenant_keys", "create unique index wrong on hera.tenant_things (id) include (organization_id)", "drop index hera.wrong")]
    [TestCase(
        "tenant_keys",
        "create table hera.target (id uuid primary key); "
        + "alter table hera.tenant_things add constraint wrong foreign key (entity_id) references hera.target",
        "alter table hera.tenant_things drop constraint wrong; drop table hera.target")]
    [TestCase(
        "functions_have_permission",
        "delete from hera.rpc_permissions",
        "insert into hera.rpc_permissions values ('hera_things_v1', 'LIST', 'member')")]
    public async Task A_broken_rule_is_found(string rule, string breaks, string mends)
    {
        await database.ExecuteAsync(breaks);
        var broken = Broken();
        await database.ExecuteAsync(mends);
        Assert.That(broken, Is.EqualTo(new[] { rule }));
        Assert.That(Broken(), Is.Empty);
    }

    [Test]
    public async Task Functions_are_checked_where_plpgsql_check_is_installed()
    {
        if (!await database.ScalarAsync<bool>("select exists (select from pg_available_extensions where name = 'plpgsql_check')"))
            Assert.Ignore("The extension plpgsql_check is not available on this server.");
        await database.ExecuteAsync("""
            create extension plpgsql_check;
            create or replace function hera_internal.answer() returns int language plpgsql set search_path = pg_catalog, pg_temp
            as $$ begin return (select n from hera.nowhere); end $$;
            """);
        Assert.That(Broken(), Is.EqualTo(new[] { "plpgsql_check" }));
        await database.ExecuteAsync($"drop extension plpgsql_check; create or replace function hera_internal.answer() returns int {Body}");
    }

    private List<string> Broken() =>
        new Deployment(database.ConnectionString, scripts: OnlyRules().Set).Verify().Findings
            .Where(f => f.Kind == FindingKind.Broken)
            .Select(f => Path.GetFileNameWithoutExtension(f.Text.Split(':')[0])).Distinct().ToList();

    private static Samples WithRules()
    {
        Samples samples = [];
        foreach (var check in ScriptSet.Embedded.Checks.Where(c => c.Path.StartsWith("checks/rules/", StringComparison.Ordinal)))
            samples[check.Path] = check.Text;
        return samples;
    }

    // Without migrations nothing is pending and nothing drifts, whatever the database holds.
    private static Samples OnlyRules()
    {
        var samples = WithRules();
        foreach (var path in samples.Keys.Where(p => !p.StartsWith("checks/", StringComparison.Ordinal)).ToArray())
            samples.Remove(path);
        return samples;
    }
}
