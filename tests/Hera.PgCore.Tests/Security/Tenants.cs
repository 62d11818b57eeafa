using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Sql;
using Npgsql;

namespace Hera.PgCore.Tests.Security;

/// <summary>One organization with everything in it that a tenant can have.</summary>
internal sealed record Tenant(Guid Organization, Guid Admin, Guid Webhook, Guid Event, Guid DeadLetter, Guid Ready, Guid Attempt, Guid Endpoint, Guid Installation, Guid ApiKey)
{
    public IReadOnlyList<Guid> Ids => [Webhook, Event, DeadLetter, Organization, Admin, Ready, Attempt, Endpoint, Installation, ApiKey];
}

/// <summary>A database with two organizations alike. Each text of B holds the word canary.</summary>
internal sealed class Tenants : IAsyncDisposable
{
    public const string Canary = "canary";
    public static readonly Guid Platform = Guid.Empty;
    public static readonly Guid System = new("00000000-0000-0000-0000-000000000001");

    private Tenants(TestDatabase database, Tenant a, Tenant b) => (Database, A, B) = (database, a, b);

    public TestDatabase Database { get; }

    public Tenant A { get; }

    public Tenant B { get; }

    public static async Task<Tenants> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await SqlTestFiles.InstallHelpersAsync(database);
        return new Tenants(database, await LoadAsync(database, "plain"), await LoadAsync(database, Canary));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static async Task<Tenant> LoadAsync(TestDatabase database, string word)
    {
        await using var connection = await SqlTestFiles.OpenAsync(database);
        await using var command = new NpgsqlCommand(Script.Replace("WORD", word, StringComparison.Ordinal), connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var ids = reader.GetFieldValue<Guid[]>(0);
        return new Tenant(ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6], ids[7], ids[8], ids[9]);
    }

    private const string Script = """
        create temp table answer (ids uuid[]);
        do $$
        declare
          o record := hera_test.organization('WORD');
          v_webhook uuid;
          v_event uuid;
          v_ready uuid;
          v_installation uuid := gen_random_uuid();
          v_dead uuid;
          v_key uuid;
        begin
          perform hera_organization_v1(hera_test.system(), 'UPDATE', jsonb_build_object('id', o.organization, 'settings', '{"note": "WORD"}'::jsonb));
          perform hera_membership_v1(hera_test.system(), o.organization, 'GRANT', '{"auth_uid": "WORD-sub", "name": "WORD", "email": "WORD@example.com", "role": "member"}');
          insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
          values (v_installation, o.organization, 'INTEGRATION_CONNECTOR_INSTALL', 'WORD', 'hubspot-crm', 'HERA.TEST.INSTALL.v1', 'active', o.admin, o.admin);
          v_key := hera_api_key_v1(o.admin, o.organization, 'CREATE', '{"name": "WORD", "role": "org_admin"}') #>> '{api_key,id}';
          v_webhook := hera_test.webhook(o.organization, '{"url": "https://WORD.example.com/hook", "description": "WORD", "metadata": {"a": "WORD"}, "secret": "WORD-secret-0123456789",
            "headers": {"X-WORD": "WORD-header-0123456789"}, "topics": ["WORD.*"], "retry_policy": {"max_attempts": 1}}', 'hubspot-crm');
          v_event := hera_integration_event_in_v1(o.admin, o.organization, 'WORD', 't', '{"a": "WORD"}', 'hubspot-crm', 'WORD-key') ->> 'event_id';
          perform case c.organization_id when o.organization
            then hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{500}', '{1}', '{WORD-answer}', '{null}', '{null}')::text
            else hera_outbox_release_v1(array[c.lease_id], array[c.delivery_id])::text end
          from hera_outbox_claim_v1('WORD') c;
          v_dead := hera_test.delivery(v_event, v_webhook);
          v_ready := hera_test.delivery((hera_integration_event_in_v1(o.admin, o.organization, 'WORD', 't', '{"b": "WORD"}', 'hubspot-crm') ->> 'event_id')::uuid, v_webhook);
          perform hera_audit_refusal_v1(o.admin, o.organization, 'WORD', 'WORD');
          insert into answer values (array[o.organization, o.admin, v_webhook, v_event, v_dead, v_ready, hera_internal.attempt_id(v_dead, 1::smallint),
            (select e.id from hera.core_entities e where e.organization_id = o.organization and e.entity_type = 'INTEGRATION_ENDPOINT'), v_installation, v_key]);
        end
        $$;
        select ids from answer
        """;
}
