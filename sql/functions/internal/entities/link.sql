-- hera_internal.link: let an entity have exactly one active link of a type: to p_to_id, or none where that is null.
-- A link that no longer holds is closed, not deleted.
create or replace function hera_internal.link(
  p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_id uuid)
returns void
language plpgsql
as $$
declare
  v_now timestamptz := hera_internal.now();
begin
  update hera.core_relationships r
  set is_active = false, expiration_date = v_now, updated_at = v_now, updated_by = p_actor_user_id, version = r.version + 1
  where r.organization_id = p_organization_id and r.from_entity_id = p_from_id and r.relationship_type = p_type
    and r.is_active and r.to_entity_id is distinct from p_to_id;

  insert into hera.core_relationships (
    organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
  select p_organization_id, p_from_id, p_to_id, p_type, 'HERA.INTEGRATION.REL.' || p_type || '.v1', p_actor_user_id, p_actor_user_id
  where p_to_id is not null
  on conflict do nothing;
end
$$;
comment on function hera_internal.link(uuid, uuid, uuid, text, uuid) is 'Sets the one active link of a type.';
