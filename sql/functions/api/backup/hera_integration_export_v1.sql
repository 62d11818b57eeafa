-- hera_integration_export_v1: the integration configuration of an organization, or of all, as one document.
-- Caller: API, DBA (sql/tools/backup-integrations.sql).  Writes: audit_log.
-- Errors: PT400 options.unknown, options.invalid; PT403; PT500 encryption.key_missing, encryption.key_unknown.
create or replace function public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
  v_ids uuid[];
  v_id uuid;
  v_organizations jsonb := jsonb '[]';
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_export_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['secrets', 'all']);
  if jsonb_typeof(p_options -> 'secrets') <> 'boolean' or jsonb_typeof(p_options -> 'all') <> 'boolean' then
    perform hera_internal.fail(400, 'options.invalid', 'options.secrets and options.all must be true or false', null);
  end if;
  v_ids := array[p_organization_id];
  if (p_options -> 'all')::boolean then
    perform hera_internal.check_whole_platform(v_role, p_organization_id);
    select array_agg(o.id order by o.id) into v_ids from hera.core_organizations o;
  end if;
  foreach v_id in array v_ids
  loop
    perform hera_internal.set_tenant(v_id);
    v_organizations := v_organizations || hera_internal.export_organization(v_id, coalesce((p_options -> 'secrets')::boolean, true));
  end loop;
  perform hera_internal.set_tenant(p_organization_id);
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_integration_export_v1', 'CALL', null, p_options);
  return jsonb_build_object('format', 'hera.integrations.v1', 'exported_at', hera_internal.now(), 'database', hera_internal.database_id(),
    'organizations', v_organizations);
end
$$;
revoke all on function public.hera_integration_export_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_integration_export_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_export_v1(uuid, uuid, jsonb) is
$doc$One document with the installations and webhooks of an organization, for hera_integration_import_v1; of the platform organization also
the connector definitions. Secrets stay sealed: whoever restores them needs the same encryption key.
p_options: {secrets: true, all: false}. all: every organization; for platform admins, with the platform organization.

Answers {format, exported_at, database, organizations: [{id, name, code, settings, definitions, assignments, installations, webhooks}]}.
Errors: PT400 options.unknown or options.invalid, PT403, PT500 encryption.key_missing or encryption.key_unknown.

select hera_integration_export_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"secrets": false}');$doc$;
