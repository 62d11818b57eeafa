using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Sql;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>The permission matrix against the functions: every role, every function that takes an actor, every operation.</summary>
public sealed class PermissionTests
{
    // Answers an actor its own organizations, whoever that is.
    private const string Unrestricted = "hera_organization_v1 LIST";

    private static readonly string[] Roles = ["platform_admin", "org_admin", "integration_manager", "member"];

    private Tenants tenants = null!;
    private TestLogin dba = null!;
    private Prober prober = null!;
    private IReadOnlyList<RpcFunction> functions = null!;
    private HashSet<(string, string, string)> allowed = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        tenants = await Tenants.CreateAsync();
        dba = await TestLogin.CreateAsync("in role hera_dba");
        prober = await Prober.CreateAsync(tenants, dba.Name);
        functions = [.. (await RpcFunction.LoadAsync(tenants.Database)).Where(f => f.TakesActor)];
        allowed = [.. (await tenants.Database.ListAsync<string>("select function_name || ' ' || operation || ' ' || role from hera.rpc_permissions"))
            .Select(r => r.Split(' ')).Select(r => (r[0], r[1], r[2]))];
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await prober.DisposeAsync();
        await tenants.DisposeAsync();
        await dba.DisposeAsync();
    }

    [Test]
    public async Task Each_role_may_what_the_matrix_says()
    {
        Dictionary<string, Guid> actors = new() { ["platform_admin"] = Tenants.System };
        foreach (var role in Roles[1..])
            actors[role] = await MemberAsync(tenants.A.Organization, role);
        // What only platform admins may is asked in the platform organization.
        var platformActors = new Dictionary<string, Guid>(actors);
        foreach (var role in Roles[1..])
            platformActors[role] = await MemberAsync(Tenants.Platform, role);

        var count = 0;
        foreach (var (function, operation) in Operations())
        {
            var ofPlatform = !Roles[1..].Any(r => allowed.Contains((function.Name, operation, r)));
            var place = ofPlatform ? tenants.A with { Organization = Tenants.Platform } : tenants.A;
            foreach (var role in Roles)
            {
                var actor = (ofPlatform ? platformActors : actors)[role];
                var result = await prober.RunAsync(function.Call(RpcShapes.Base(function, place, operation, actor)));
                var refused = result.Code is "permission_denied" or "actor_not_member";
                Assert.That(refused, Is.Not.EqualTo(allowed.Contains((function.Name, operation, role))), $"{role}: {result}");
                count++;
            }
        }
        Assert.That(count, Is.GreaterThan(100));
    }

    [Test]
    public async Task Outsiders_revoked_members_and_suspended_organizations_are_refused()
    {
        var revoked = await MemberAsync(tenants.A.Organization, "org_admin");
        await tenants.Database.ExecuteAsync($$"""
            select hera_membership_v1('{{Tenants.System}}', '{{tenants.A.Organization}}', 'REVOKE', '{"user_entity_id": "{{revoked}}"}')
            """);
        foreach (var (function, operation) in Operations().Where(o => $"{o.Function.Name} {o.Operation}" != Unrestricted))
        {
            foreach (var outsider in (Guid[])[tenants.B.Admin, revoked, Guid.NewGuid(), tenants.A.Webhook])
            {
                var result = await prober.RunAsync(function.Call(RpcShapes.Base(function, tenants.A, operation, outsider)));
                Assert.That((result.Error, result.Code), Is.EqualTo(("PT403", "actor_not_member")), $"{result}");
            }
        }

        await tenants.Database.ExecuteAsync($$"""select hera_organization_v1('{{Tenants.System}}', 'SUSPEND', '{"id": "{{tenants.B.Organization}}"}')""");
        foreach (var (function, operation) in Operations().Where(o => allowed.Contains((o.Function.Name, o.Operation, "org_admin"))
            && $"{o.Function.Name} {o.Operation}" != Unrestricted))
        {
            var result = await prober.RunAsync(function.Call(RpcShapes.Base(function, tenants.B, operation)));
            Assert.That((result.Error, result.Code), Is.EqualTo(("PT403", "organization_suspended")), $"{result}");
        }
        await tenants.Database.ExecuteAsync($$"""select hera_organization_v1('{{Tenants.System}}', 'ACTIVATE', '{"id": "{{tenants.B.Organization}}"}')""");
    }

    [Test]
    public async Task A_platform_admin_enters_any_organization_and_is_audited_there()
    {
        // What is for platform admins alone may belong to the platform organization alone.
        foreach (var (function, operation) in Operations().Where(o => o.Function.Takes("p_organization_id") && allowed.Contains((o.Function.Name, o.Operation, "org_admin"))))
        {
            await using var connection = await SqlTestFiles.OpenAsync(tenants.Database);
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(function.Call(RpcShapes.Base(function, tenants.B, operation, Tenants.System)), connection, transaction);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException e)
            {
                // What it lacks are arguments, not rights.
                Assert.That(e.Detail, Is.Not.EqualTo("permission_denied").And.Not.EqualTo("actor_not_member"), command.CommandText);
                continue;
            }
            command.CommandText = $$"""
                select count(*) from hera.audit_log
                where organization_id = '{{tenants.B.Organization}}' and actor_user_id = '{{Tenants.System}}' and function_name = '{{function.Name}}'
                  and operation = '{{operation}}' and detail = '{"as": "platform_admin"}'
                """;
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(1), $"{function.Name} {operation}");
        }
    }

    [Test]
    public async Task A_plain_login_acts_as_its_own_principal_alone()
    {
        await using var login = await TestLogin.CreateAsync();
        var member = await MemberAsync(tenants.A.Organization, "org_admin");
        await tenants.Database.ExecuteAsync($"""
            grant execute on all functions in schema public to "{login.Name}";
            insert into hera.login_principals values ('{login.Name}', '{member}')
            """);
        await using (var plain = await Prober.CreateAsync(tenants, login.Name))
        {
            foreach (var (function, operation) in Operations())
            {
                var own = await plain.RunAsync(function.Call(RpcShapes.Base(function, tenants.A, operation, member)));
                Assert.That(own.Error, Is.Not.EqualTo("42501"), $"{own}");
                foreach (var other in (Guid[])[tenants.A.Admin, Tenants.System, Guid.NewGuid()])
                {
                    var spoofed = await plain.RunAsync(function.Call(RpcShapes.Base(function, tenants.A, operation, other)));
                    Assert.That((spoofed.Error, spoofed.Code), Is.EqualTo(("42501", "permission_denied")), $"{spoofed}");
                }
            }
        }
        await tenants.Database.ExecuteAsync($"""
            delete from hera.login_principals; revoke execute on all functions in schema public from "{login.Name}"
            """);
    }

    [Test]
    public async Task Functions_without_an_actor_that_the_api_runs_are_known()
    {
        // Nobody is asked who calls these, so nothing that a token's bearer can name may reach them.
        var others = (await RpcFunction.LoadAsync(tenants.Database)).Where(f => !f.TakesActor && !f.IsWorkers).Select(f => f.Name);
        Assert.That(others, Is.EquivalentTo(new[]
        {
            "hera_api_key_resolve_v1", "hera_audit_refusal_v1", "hera_connector_oauth_answer_v1", "hera_connector_oauth_callback_v1", "hera_identity_resolve_v1",
            "hera_integration_inbound_v1", "hera_platform_settings_v1",
        }));
    }

    private IEnumerable<(RpcFunction Function, string Operation)> Operations() =>
        from function in functions
        from operation in function.Operations.Count > 0 ? function.Operations : throw new AssertionException($"{function.Name} has no row in the permission matrix.")
        select (function, operation);

    private async Task<Guid> MemberAsync(Guid organization, string role) =>
        await tenants.Database.ScalarAsync<Guid>($"select hera_test.member('{organization}', '{role}')");
}
