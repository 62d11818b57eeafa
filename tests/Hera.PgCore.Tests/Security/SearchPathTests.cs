using System.Text;
using Hera.PgCore.Tests.Sql;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>Temporary objects named like ours, and a search_path that finds them first, change nothing.</summary>
public sealed class SearchPathTests
{
    [Test]
    public async Task Planted_objects_change_nothing()
    {
        await using var tenants = await Tenants.CreateAsync();
        await using var connection = await SqlTestFiles.OpenAsync(tenants.Database);
        var planted = await PlantAsync(connection);
        Assert.That(planted, Is.GreaterThan(150));
        await ExecuteAsync(connection, "set session authorization hera_api; set search_path = pg_temp, public, pg_catalog");
        // The traps work: a plain call of a planted function raises.
        var error = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "select pg_temp.now()"));
        Assert.That(error!.SqlState, Is.EqualTo("HTRAP"));

        const string path = "{{$.data.n}}";
        var (a, admin) = (tenants.A.Organization, tenants.A.Admin);
        await ExecuteAsync(connection, $$"""
            select public.hera_webhook_config_v1('{{admin}}', '{{a}}', 'CREATE', '{"url": "https://example.com/trap", "topics": ["trap.*"], "filter": "$.n > 0", "transform": {"n": "{{path}}" }, "headers": {"A": "x" } }');
            select public.hera_integration_event_in_v1('{{admin}}', '{{a}}', 'trap', 't', '{"n": 1}', null, 'trap-key');
            select public.hera_integration_event_in_v1('{{admin}}', '{{a}}', 'trap', 't', '{"n": 1}', null, 'trap-key');
            select public.hera_integration_event_batch_v1('{{admin}}', '{{a}}', '[{"event_source": "trap", "event_type": "t", "event_data": {"n": 2}, "connector_code": "hubspot-crm"}]');
            select public.hera_integration_event_list_v1('{{admin}}', '{{a}}', '{"limit": 3}');
            select public.hera_integration_event_get_v1('{{admin}}', '{{a}}', '{{tenants.A.Event}}');
            select public.hera_integration_connector_v1('{{admin}}', '{{a}}');
            select public.hera_webhook_config_v1('{{admin}}', '{{a}}', 'UPDATE', '{"description": "x"}', null, '{{tenants.A.Webhook}}');
            select public.hera_webhook_config_v1('{{admin}}', '{{a}}', 'ROTATE_SECRET', '{}', null, '{{tenants.A.Webhook}}');
            select public.hera_webhook_config_v1('{{admin}}', '{{a}}', 'TEST', '{}', null, '{{tenants.A.Webhook}}');
            select public.hera_webhook_logs_v1('{{admin}}', '{{a}}'), public.hera_webhook_deliveries_v1('{{admin}}', '{{a}}'), public.hera_webhook_dead_letters_v1('{{admin}}', '{{a}}');
            select public.hera_webhook_replay_v1('{{admin}}', '{{a}}', '{"delivery_ids": ["{{tenants.A.DeadLetter}}"]}');
            select public.hera_membership_v1('{{admin}}', '{{a}}', 'GRANT', '{"auth_uid": "trapped", "role": "member"}'), public.hera_membership_v1('{{admin}}', '{{a}}');
            select public.hera_organization_v1('{{admin}}', 'UPDATE', '{"id": "{{a}}", "name": "Trapped"}'), public.hera_organization_v1('{{admin}}');
            select public.hera_organization_v1('{{Tenants.System}}', 'CREATE', '{"name": "Trap"}');
            select public.hera_api_key_v1('{{admin}}', '{{a}}');
            select public.hera_api_key_resolve_v1(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
              public.hera_api_key_v1('{{admin}}', '{{a}}', 'CREATE', '{"name": "trap", "role": "member"}') operator(pg_catalog.#>>) '{api_key,key}', 'UTF8')), 'hex'));
            select public.hera_identity_resolve_v1('trapped'), public.hera_audit_refusal_v1(null, '{{a}}', 'f', 'e'), public.hera_platform_settings_v1('{"allow_http": false}');
            """);
        await ExecuteAsync(connection, """
            reset session authorization; set session authorization hera_worker;
            select public.hera_outbox_settings_v1(), public.hera_outbox_get_pending_v1(), public.hera_outbox_get_stats_v1(), public.hera_outbox_maintain_v1();
            """);
        await using (var claim = new NpgsqlCommand("""
            select count(*) from public.hera_outbox_claim_v1('trap', 1000) c
            cross join lateral public.hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{200}', '{1}', '{x}', '{null}', '{null}')
            """, connection))
            Assert.That(await claim.ExecuteScalarAsync(), Is.GreaterThan(4));
        await ExecuteAsync(connection, "reset session authorization; set search_path = public");
        await using var rows = new NpgsqlCommand($"select count(*) from hera.events where organization_id = '{a}' and event_source = 'trap'", connection);
        Assert.That(await rows.ExecuteScalarAsync(), Is.EqualTo(2), "what was written is in our tables");
    }

    // Tables with traps, functions and operators that raise: of every name that our functions could mean.
    private static async Task<int> PlantAsync(NpgsqlConnection connection)
    {
        var script = new StringBuilder("""
            create function pg_temp.trap() returns trigger language plpgsql as 'begin raise exception using errcode = ''HTRAP''; end';
            create function pg_temp.now() returns timestamptz language plpgsql as 'begin raise exception using errcode = ''HTRAP''; end';

            """);
        await using var command = new NpgsqlCommand("""
            select format('create temp table %1$I (like hera.%1$I); create trigger trap before insert or update or delete on pg_temp.%1$I for each statement execute function pg_temp.trap();', c.relname)
            from pg_class c where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p')
            union all
            select format('create function pg_temp.%I(%s) returns %s language plpgsql as %L;', p.proname, pg_get_function_identity_arguments(p.oid),
              coalesce(nullif(pg_get_function_result(p.oid), ''), 'record'), 'begin raise exception using errcode = ''HTRAP''; end')
            from pg_proc p where p.prokind = 'f' and p.prorettype <> 'trigger'::regtype and (p.pronamespace = 'hera_internal'::regnamespace and p.proname <> 'now'
              or p.pronamespace = 'public'::regnamespace and p.proname ~ '^(hera_|hmac|pgp_sym_(en|de)crypt$)' and pg_get_function_identity_arguments(p.oid) !~ 'OUT ')
            union all
            select format('create function pg_temp.%I(%s) returns %s language plpgsql as %L;', n.name, n.arguments, n.result, 'begin raise exception using errcode = ''HTRAP''; end')
            from (values ('set_config', 'text, text, boolean', 'text'), ('current_setting', 'text, boolean', 'text'), ('gen_random_uuid', '', 'uuid'), ('clock_timestamp', '', 'timestamptz'),
              ('jsonb_build_object', 'variadic "any"', 'jsonb'), ('lower', 'text', 'text'), ('sha256', 'bytea', 'bytea')) n (name, arguments, result)
            where n.arguments !~ 'any'
            union all
            select format('create function pg_temp.trap_%1$s(%1$s, %1$s) returns boolean language plpgsql as %2$L;
              create operator pg_temp.= (leftarg = %1$s, rightarg = %1$s, function = pg_temp.trap_%1$s);
              create operator pg_temp.<> (leftarg = %1$s, rightarg = %1$s, function = pg_temp.trap_%1$s);', t, 'begin raise exception using errcode = ''HTRAP''; end')
            from unnest(array['uuid', 'text', 'jsonb', 'bigint', 'bool']) t
            """, connection);
        var count = 0;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                script.AppendLine(reader.GetString(0));
                count++;
            }
        }
        script.AppendLine("grant all on all tables in schema pg_temp to public; grant execute on all functions in schema pg_temp to public");
        await ExecuteAsync(connection, script.ToString());
        return count;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
