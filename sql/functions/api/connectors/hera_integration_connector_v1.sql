-- hera_integration_connector_v1: connector definitions and installations.
-- Caller: API, DBA.  Errors: PT400 operation.unknown, connector_type.invalid; PT403; PT404 not_found.
create or replace function public.hera_integration_connector_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_operation text default 'LIST',
  p_connector_type text default null,
  p_connector_code text default null,
  p_connector_config jsonb default '{}',
  p_installation_config jsonb default '{}',
  p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_connectors jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_connector_v1', p_operation);
  perform hera_internal.check_keys('connector_config', p_connector_config, '{}');
  perform hera_internal.check_keys('installation_config', p_installation_config, '{}');
  perform hera_internal.check_keys('options', p_options, '{}');
  if p_connector_type not in ('INTEGRATION_CONNECTOR_DEF', 'INTEGRATION_CONNECTOR_INSTALL') then
    perform hera_internal.fail(400, 'connector_type.invalid', 'connector_type is unknown',
      'Give INTEGRATION_CONNECTOR_DEF, INTEGRATION_CONNECTOR_INSTALL or nothing.');
  end if;

  v_connectors := hera_internal.connectors_json(p_organization_id, p_connector_type, p_connector_code);
  if p_operation = 'LIST' then
    return jsonb_build_object('success', true, 'connectors', v_connectors);
  elsif p_connector_code is null or v_connectors = '[]' then
    perform hera_internal.fail(404, 'not_found', 'No such connector.', 'LIST shows the connectors; pass p_connector_code.');
  end if;
  return jsonb_build_object('success', true, 'connector', v_connectors -> 0);
end
$$;
revoke all on function public.hera_integration_connector_v1(uuid, uuid, text, text, text, jsonb, jsonb, jsonb) from public;
grant execute on function public.hera_integration_connector_v1(uuid, uuid, text, text, text, jsonb, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_connector_v1(uuid, uuid, text, text, text, jsonb, jsonb, jsonb) is
$doc$Connectors: LIST and GET of the platform's definitions and the organization's installations.

p_connector_type: INTEGRATION_CONNECTOR_DEF, INTEGRATION_CONNECTOR_INSTALL, or null for both. p_connector_code: one connector.
Answers {success, connectors: [{id, code, name, type, status, smart_code, config, created_at, installations_count}]} or
{success, connector: {…}}. Errors: PT400 operation.unknown or connector_type.invalid, PT403, PT404 not_found.

select hera_integration_connector_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'LIST', 'INTEGRATION_CONNECTOR_DEF');$doc$;
