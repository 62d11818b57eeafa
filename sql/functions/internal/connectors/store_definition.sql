-- hera_internal.store_definition: check a version of a connector definition and write it to all places that hold it: its row of
-- connector_versions, the smart codes of its events in the entity's metadata (what ingest reads, by version); and of the newest version
-- the entity and its connector_config field, its event types with CONNECTOR_SUPPORTS and its dependencies with CONNECTOR_DEPENDS_ON.
-- A version that is there is mended in place: its installations have it at once. Writes nothing where nothing has changed.
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
  v_version int;
  v_newest int;
  v_metadata jsonb;
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

  v_version := (p_config ->> 'version')::int;
  select e.id, (e.metadata ->> 'newest_version')::int into v_id, v_newest
  from hera.core_entities e
  where e.organization_id = v_platform and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code
  for update;
  if exists (
    select from hera.connector_versions v
    where v.organization_id = v_platform and v.definition_id = v_id and v.version = v_version and v.config = p_config)
    and (v_version < v_newest or hera_internal.definition_version(v_id, null) = p_config) then
    return v_id;
  end if;
  v_metadata := jsonb_build_object('newest_version', greatest(v_newest, v_version), 'event_smart_codes', coalesce((
      select e.metadata -> 'event_smart_codes' from hera.core_entities e
      where e.organization_id = v_platform and e.id = v_id and v_newest is not null), '{}')
    || jsonb_build_object(v_version, hera_internal.event_smart_codes(p_config)));
  if v_version < v_newest then
    update hera.core_entities e
    set metadata = v_metadata, updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
    where e.organization_id = v_platform and e.id = v_id;
    perform hera_internal.store_version(p_actor_user_id, v_id, v_version, p_config);
    return v_id;
  end if;

  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, status, metadata, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), v_platform, 'INTEGRATION_CONNECTOR_DEF', p_config ->> 'name', p_code,
    p_config ->> 'description', v_smart_code, p_config ->> 'status', v_metadata, p_actor_user_id, p_actor_user_id)
  on conflict (organization_id, entity_type, entity_code)
    where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT')
  do update set entity_name = excluded.entity_name, entity_description = excluded.entity_description,
    smart_code = excluded.smart_code, status = excluded.status, metadata = excluded.metadata,
    updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = e.version + 1
  returning e.id into v_id;
  perform hera_internal.store_version(p_actor_user_id, v_id, v_version, p_config);
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
