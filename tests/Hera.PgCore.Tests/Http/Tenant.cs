using Hera.PgCore.Tests.Infrastructure;

namespace Hera.PgCore.Tests.Http;

/// <summary>An organization with one member.</summary>
internal sealed record Tenant(Guid Organization, string Subject)
{
    public const string SystemActor = "00000000-0000-0000-0000-000000000001";

    public string Token => Tokens.For(Subject);

    public (string Name, string Value) Header => ("X-Organization-Id", Organization.ToString());

    public static async Task<Tenant> CreateAsync(TestDatabase database, string role = "org_admin", string? subject = null)
    {
        var name = "t" + Guid.NewGuid().ToString("N")[..8];
        var organization = await database.ScalarAsync<Guid>($$"""
            select (hera_organization_v1('{{SystemActor}}', 'CREATE', '{"name": "{{name}}", "code": "{{name}}"}') #>> '{organization,id}')::uuid
            """);
        return await JoinAsync(database, organization, role, subject ?? name + "@example.com");
    }

    public static async Task<Tenant> JoinAsync(TestDatabase database, Guid organization, string role, string subject)
    {
        await database.ExecuteAsync($$"""
            select hera_membership_v1('{{SystemActor}}', '{{organization}}', 'GRANT', '{"auth_uid": "{{subject}}", "name": "{{subject}}", "role": "{{role}}"}')
            """);
        return new Tenant(organization, subject);
    }

    public Task<int> EventsAsync(TestDatabase database) =>
        CountAsync(database, $"select count(*)::int from core_entities where entity_type = 'INTEGRATION_EVENT' and organization_id = '{Organization}'");

    private static async Task<int> CountAsync(TestDatabase database, string sql) => await database.ScalarAsync<int>(sql);
}
