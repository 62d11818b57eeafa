-- hera_internal.store_definition: insert or update a connector definition of the platform. The tenant must be the platform.
create or replace function hera_internal.store_definition(p_actor_user_id uuid, p_code text, p_name text, p_description text, p_config jsonb)
returns uuid
language plpgsql
as $$
declare
  v_id uuid;
  v_smart_code text := 'HERA.INTEGRATION.CONNECTOR.' || hera_internal.smart_code_segment(p_code) || '.v1';
begin
  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), hera_internal.platform_id(), 'INTEGRATION_CONNECTOR_DEF', p_name, p_code,
    p_description, v_smart_code, p_actor_user_id, p_actor_user_id)
  on conflict (organization_id, entity_type, entity_code)
    where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT')
  do update set entity_name = excluded.entity_name, entity_description = excluded.entity_description,
    updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = e.version + 1
  returning e.id into v_id;
  perform hera_internal.store_field(p_actor_user_id, hera_internal.platform_id(), v_id, 'connector_config', 'json', p_config, v_smart_code);
  return v_id;
end
$$;
comment on function hera_internal.store_definition(uuid, text, text, text, jsonb) is 'Upserts a connector definition.';
