-- hera_internal.create_api_key: an actor with a membership, and the key that it is known by. Actors live in the platform
-- organization; the tenant is put back.
create or replace function hera_internal.create_api_key(
  p_actor_user_id uuid, p_organization_id uuid, p_api_key jsonb, p_key text)
returns uuid
language plpgsql
as $$
declare
  v_id constant uuid := hera_internal.new_id(hera_internal.now());
  v_prefix constant text := left(p_key, 17);
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  insert into hera.core_entities (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  values (v_id, hera_internal.platform_id(), 'API_KEY', p_api_key ->> 'name', v_prefix, 'HERA.IDENTITY.API_KEY.v1', p_actor_user_id, p_actor_user_id);
  perform hera_internal.set_tenant(p_organization_id);

  insert into hera.memberships (organization_id, user_entity_id, role, organization_active, expires_at, created_by, updated_by)
  select o.id, v_id, p_api_key ->> 'role', o.status = 'active', (p_api_key ->> 'expires_at')::timestamptz, p_actor_user_id, p_actor_user_id
  from hera.core_organizations o
  where o.id = p_organization_id;
  insert into hera.api_keys (organization_id, id, name, prefix, key_hash)
  values (p_organization_id, v_id, p_api_key ->> 'name', v_prefix, hera_internal.api_key_hash(p_key));
  return v_id;
end
$$;
comment on function hera_internal.create_api_key(uuid, uuid, jsonb, text) is 'Stores a new API key; answers its id.';
