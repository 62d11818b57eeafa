-- hera_internal.define_connector: CREATE_DEFINITION, UPDATE_DEFINITION and RETIRE_DEFINITION of hera_integration_connector_v1.
-- Caller: hera_integration_connector_v1, which has authorized a platform admin.  Locks: the definition.
-- Errors: PT400 guardrail ORG_FILTER_MISMATCH, connector_config.unknown and those of store_definition; PT404 not_found;
--   PT409 connector.exists, connector.version.
create or replace function hera_internal.define_connector(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_config jsonb;
  v_id uuid;
begin
  if p_organization_id <> v_platform then
    perform hera_internal.guardrail('ORG_FILTER_MISMATCH', 'Definitions belong to the platform: pass its id as p_organization_id.');
  end if;
  perform hera_internal.check_keys('connector_config', p_config,
    case p_operation when 'RETIRE_DEFINITION' then '{}' else hera_internal.definition_keys() end);
  if p_config ->> 'code' <> p_code then
    perform hera_internal.fail(400, 'connector_config.invalid', 'connector_config.code is another than p_connector_code', 'Leave it out.');
  end if;

  perform pg_advisory_xact_lock(hashtextextended('hera.connector.' || p_code, 0));
  if p_operation = 'CREATE_DEFINITION' then
    if exists (
      select from hera.core_entities e
      where e.organization_id = v_platform and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code) then
      perform hera_internal.fail(409, 'connector.exists', 'A connector with this code exists.', 'Change it with UPDATE_DEFINITION.');
    end if;
    v_config := hera_internal.definition_defaults(p_code, p_config);
  else
    v_config := hera_internal.definition_defaults(p_code, hera_internal.merge_json(
      hera_internal.version_to_change((hera_internal.definition_of(p_code)).id, p_config -> 'version'), p_config));
  end if;
  if p_operation = 'RETIRE_DEFINITION' then
    v_config := v_config || jsonb '{"status": "retired"}';
  end if;

  v_id := hera_internal.store_definition(p_actor_user_id, p_code, v_config);
  perform hera_internal.audit(p_actor_user_id, v_platform, 'hera_integration_connector_v1', p_operation, v_id,
    jsonb_build_object('code', p_code, 'changed', (select jsonb_agg(k) from jsonb_object_keys(p_config) k)));
  return jsonb_build_object('success', true, 'connector', hera_internal.connectors_json(v_platform, null, null, v_id) -> 0);
end
$$;
comment on function hera_internal.define_connector(uuid, uuid, text, text, jsonb) is 'Makes, changes or retires a connector definition.';
