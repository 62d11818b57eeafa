-- hera_integration_setup_connector_v1: bring a connector definition to what its file says.
-- Caller: DBA, seeds.  Writes: core_entities, core_dynamic_data, core_relationships.
-- Errors: PT400 connector_code.invalid, connector_config.invalid, connector_config.unknown, guardrail_violation:SMARTCODE_….
create or replace function public.hera_integration_setup_connector_v1(p_definition jsonb)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_code constant text := p_definition ->> 'code';
  v_before int;
  v_id uuid;
  v_entity hera.core_entities;
  v_config jsonb;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  perform hera_internal.check_keys('connector_config', p_definition, hera_internal.definition_keys());
  select * into v_entity
  from hera.core_entities e
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = v_code;
  v_before := v_entity.version;
  v_config := hera_internal.definition_defaults(v_code, p_definition);
  -- What a platform admin has retired stays retired, however often the file is applied.
  if v_entity.status = 'retired' then
    v_config := v_config || jsonb '{"status": "retired"}';
  end if;

  v_id := hera_internal.store_definition('00000000-0000-0000-0000-000000000001', v_code, v_config);
  select * into v_entity from hera.core_entities e where e.organization_id = hera_internal.platform_id() and e.id = v_id;
  return jsonb_build_object('success', true, 'id', v_id, 'code', v_code, 'name', v_entity.entity_name, 'status', v_entity.status,
    'result', case when v_before is null then 'created' when v_before = v_entity.version then 'unchanged' else 'updated' end);
end
$$;
revoke all on function public.hera_integration_setup_connector_v1(jsonb) from public;
grant execute on function public.hera_integration_setup_connector_v1(jsonb) to hera_dba;
comment on function public.hera_integration_setup_connector_v1(jsonb) is
$doc$Brings a connector definition to what its file says, and can be run again and again. A retired connector stays retired; other
changes that UPDATE_DEFINITION made to it are replaced.

p_definition: {code, name, smart_code, …} as in sql/seeds/connectors; docs/connectors.md tells each key.
Answers {success, id, code, name, status, result: created, updated or unchanged}. Errors: PT400 connector_code.invalid,
connector_config.invalid or .unknown, guardrail_violation:SMARTCODE_MISSING or _REGEX_FAIL.

select hera_integration_setup_connector_v1(
  '{"code": "acme-orders", "name": "Acme Orders", "smart_code": "HERA.INTEGRATION.CONNECTOR.ACME.v1"}');$doc$;
