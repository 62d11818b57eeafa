-- hera_internal.store_definition: check a connector definition and write it to all places that hold it: the entity and its
-- connector_config field, the smart codes of its events in the entity's metadata (what ingest reads), its event types with
-- CONNECTOR_SUPPORTS and its dependencies with CONNECTOR_DEPENDS_ON. Writes nothing where nothing has changed.
-- The tenant must be the platform.
-- Errors: PT400 guardrail SMARTCODE_MISSING and SMARTCODE_REGEX_FAIL, connector_code.invalid, connector_config.invalid.
create or replace function hera_internal.store_definition(p_actor_user_id uuid, p_code text, p_config jsonb)
returns uuid
language plpgsql
as $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_smart_code constant text := p_config ->> 'smart_code';
  v_fault text := hera_internal.kind_fault(to_jsonb(p_code), 'code');
  v_id uuid;
begin
  if p_code is null or v_fault is not null then
    perform hera_internal.fail(400, 'connector_code.invalid', 'connector_code must have 1 to 63 lower-case letters, digits or dashes',
      'For example acme-orders; it is part of the address of the provider''s callbacks.');
  elsif v_smart_code is null then
    perform hera_internal.guardrail('SMARTCODE_MISSING', 'Give connector_config.smart_code, such as HERA.INTEGRATION.CONNECTOR.ACME.v1.');
  elsif not hera_internal.smart_code_ok(v_smart_code) then
    perform hera_internal.guardrail('SMARTCODE_REGEX_FAIL', 'Give connector_config.smart_code as in HERA.INTEGRATION.CONNECTOR.ACME.v1.');
  end if;
  v_fault := coalesce(hera_internal.definition_fault(p_config), hera_internal.dependency_fault(p_code, p_config));
  if v_fault is not null then
    perform hera_internal.fail(400, 'connector_config.invalid', v_fault, 'Correct it there; docs/connectors.md tells each key.');
  end if;

  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, status, metadata, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), v_platform, 'INTEGRATION_CONNECTOR_DEF', p_config ->> 'name', p_code,
    p_config ->> 'description', v_smart_code, p_config ->> 'status',
    jsonb_build_object('event_smart_codes', hera_internal.event_smart_codes(p_config)), p_actor_user_id, p_actor_user_id)
  on conflict (organization_id, entity_type, entity_code)
    where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT')
  do update set entity_name = excluded.entity_name, entity_description = excluded.entity_description,
    smart_code = excluded.smart_code, status = excluded.status, metadata = excluded.metadata,
    updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = e.version + 1
  where not exists (
    select from hera.core_dynamic_data d
    where d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
      and d.field_value_json = p_config)
  returning e.id into v_id;
  if v_id is null then
    return (hera_internal.definition_of(p_code)).id;
  end if;

  perform hera_internal.store_field(p_actor_user_id, v_platform, v_id, 'connector_config', 'json', p_config, v_smart_code);
  perform hera_internal.set_links(p_actor_user_id, v_platform, v_id, 'CONNECTOR_SUPPORTS',
    hera_internal.event_types_of(p_actor_user_id, p_code, p_config));
  perform hera_internal.set_links(p_actor_user_id, v_platform, v_id, 'CONNECTOR_DEPENDS_ON', array(
    select e.id from hera.core_entities e
    where e.organization_id = v_platform and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and p_config -> 'depends_on' ? e.entity_code));
  return v_id;
end
$$;
comment on function hera_internal.store_definition(uuid, text, jsonb) is 'Checks and upserts a connector definition.';
