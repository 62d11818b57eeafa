using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Sql;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>What each role may run and see, and the row security and keys that stand behind the functions.</summary>
public sealed class RoleTests
{
    /// <summary>What the host calls for itself: nobody else may reach it.</summary>
    private static readonly string[] HostsOwn =
    [
        "hera_api_key_resolve_v1", "hera_audit_refusal_v1", "hera_connector_oauth_answer_v1", "hera_connector_oauth_callback_v1", "hera_identity_resolve_v1", "hera_integration_inbound_v1",
        "hera_platform_settings_v1",
    ];

    private Tenants tenants = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => tenants = await Tenants.CreateAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await tenants.DisposeAsync();

    [Test]
    public async Task A_role_without_grants_runs_nothing_and_sees_nothing()
    {
        await using var login = await TestLogin.CreateAsync();
        Assert.That(await ExecutableAsync(login.Name), Is.Empty);
        Assert.That(await ReadableAsync(login.Name), Is.Empty);
        var error = await Assert.ThrowsAsync<PostgresException>(() => tenants.Database.ExecuteAsync("select * from core_entities", login.Name));
        Assert.That(error!.SqlState, Is.EqualTo("42501"));
    }

    [TestCase("hera_api")]
    [TestCase("hera_worker")]
    public async Task The_hosts_roles_run_their_functions_and_see_no_table(string role)
    {
        Assert.That(await ReadableAsync(role), Is.Empty);
        var functions = await RpcFunction.LoadAsync(tenants.Database);
        // Worker functions have no actor, so nobody who acts for tenants may run them.
        var expected = functions.Where(f => role == "hera_api"
            ? f.TakesActor || HostsOwn.Contains(f.Name)
            : !f.TakesActor && !f.Name.StartsWith("hera_integration_setup_", StringComparison.Ordinal) && (f.Name == "hera_platform_settings_v1" || !HostsOwn.Contains(f.Name)));
        Assert.That(await ExecutableAsync(role), Is.EquivalentTo(expected.Select(f => "public." + f.Name)));
    }

    [Test]
    public async Task A_reader_runs_nothing_and_sees_the_views_alone()
    {
        await using var login = await TestLogin.CreateAsync("in role hera_reader");
        Assert.That(await ExecutableAsync(login.Name), Has.All.StartsWith("hera_internal."));
        Assert.That((await ReadableAsync(login.Name)).Where(r => !r.StartsWith("public.", StringComparison.Ordinal)), Is.Empty);
        await tenants.Database.ExecuteAsync($"insert into hera.reader_organizations values ('{login.Name}', '{tenants.A.Organization}')");
        // A setting carries no authority: another tenant's is set in this session.
        await using var session = await SqlTestFiles.OpenAsync(tenants.Database, login.Name, $"-c hera.organization_id={tenants.B.Organization}");
        foreach (var view in (string[])["core_organizations", "core_entities", "core_dynamic_data", "core_relationships", "universal_transactions", "universal_transaction_lines"])
        {
            await using var command = new NpgsqlCommand(
                $"select count(*) filter (where o <> $1), count(*) from (select {(view == "core_organizations" ? "id" : "organization_id")} as o from {view}) v", session)
            {
                Parameters = { new() { Value = tenants.A.Organization } },
            };
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            Assert.That(reader.GetInt64(0), Is.Zero, view);
            Assert.That(reader.GetInt64(1), view.StartsWith("universal", StringComparison.Ordinal) ? Is.Zero : Is.Positive, view);
        }
        await tenants.Database.ExecuteAsync("delete from hera.reader_organizations");
    }

    [Test]
    public async Task Without_a_tenant_the_owner_sees_no_tenants_row_and_no_error()
    {
        // The platform's own row and catalogue are for all to read; whose readers are assigned is no tenant's row.
        string[] known = ["core_organizations", "core_entities", "core_dynamic_data", "connector_versions", "reader_organizations"];
        await tenants.Database.ExecuteAsync($"insert into hera.reader_organizations values ('nobody', '{tenants.A.Organization}')");
        foreach (var setting in (string[])["", "set hera.organization_id = ''; ", $"set hera.organization_id = '{Guid.NewGuid()}'; "])
        {
            foreach (var table in await TenantTablesAsync())
            {
                await using var connection = await tenants.Database.ConnectAsync();
                await using var command = new NpgsqlCommand($"set role hera_owner; {setting}select count(*) from hera.{table}", connection);
                var rows = (long)(await command.ExecuteScalarAsync())!;
                if (!known.Contains(table))
                    Assert.That(rows, Is.Zero, $"{table} {setting}");
                if (table is "reader_organizations")
                    continue;
                command.CommandText = $"""
                    select count(*) from hera.{table} where {(table == "core_organizations" ? "id" : "organization_id")} <> '{Tenants.Platform}'
                    """;
                Assert.That(await command.ExecuteScalarAsync(), Is.Zero, $"{table} {setting}");
            }
        }
        await tenants.Database.ExecuteAsync("delete from hera.reader_organizations");
    }

    [Test]
    public async Task With_a_tenant_the_owner_sees_no_others_row()
    {
        foreach (var table in (await TenantTablesAsync()).Except(["reader_organizations"]))
        {
            await using var connection = await tenants.Database.ConnectAsync();
            await using var command = new NpgsqlCommand(
                $"set role hera_owner; set hera.organization_id = '{tenants.A.Organization}'; select count(*) from hera.{table} t where t::text like '%{tenants.B.Organization}%'", connection);
            Assert.That(await command.ExecuteScalarAsync(), Is.Zero, table);
        }
    }

    [Test]
    public async Task Every_key_of_a_tenants_table_contains_the_organization()
    {
        // The queues are keyed by a position of their own; an organization's id and code are what organizations are told apart by.
        var keys = await tenants.Database.ListAsync<string>("""
            select c.relname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k join pg_class c on c.oid = k.conrelid
            where c.relnamespace = 'hera'::regnamespace and not c.relispartition and k.contype in ('p', 'u', 'f')
              and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
              and pg_get_constraintdef(k.oid) !~ 'organization_id'
            union
            select c.relname || ' ' || pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid
            where c.relnamespace = 'hera'::regnamespace and not c.relispartition and i.indisunique and pg_get_indexdef(i.indexrelid) !~ '\(.*organization_id.*\)'
              and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
            """);
        Assert.That(keys.Select(k => k.Split(' ')[0]).Distinct(), Is.SubsetOf(new[] { "outbox_ready" }));
        Assert.That(await tenants.Database.ListAsync<string>("""
            select c.relname::text from pg_class c
            where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
            """), Is.SubsetOf(new[] { "core_organizations", "rpc_permissions", "login_principals", "outbox_leases", "rollup_state", "schema_journal" }), "a table without organization_id");
    }

    private Task<IReadOnlyList<string>> TenantTablesAsync() => tenants.Database.ListAsync<string>("""
        select c.relname::text from pg_class c where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p')
          and (c.relname = 'core_organizations' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped))
        """);

    private Task<IReadOnlyList<string>> ExecutableAsync(string role) => tenants.Database.ListAsync<string>($"""
        select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where (n.nspname = 'public' and p.proname ~ '^hera_' or n.nspname = 'hera_internal') and has_function_privilege('{role}', p.oid, 'execute')
        """);

    private Task<IReadOnlyList<string>> ReadableAsync(string role) => tenants.Database.ListAsync<string>($"""
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'hera', 'hera_internal') and c.relkind in ('r', 'p', 'v', 'm', 'S')
          and case c.relkind when 'S' then has_sequence_privilege('{role}', c.oid, 'usage, select, update')
            else has_any_column_privilege('{role}', c.oid, 'select, insert, update, references') or has_table_privilege('{role}', c.oid, 'delete, truncate, trigger') end
        """);
}
