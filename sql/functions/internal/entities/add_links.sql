-- hera_internal.add_links: let an entity have active links of a type to each of p_to_ids; links that are there stay as they are.
create or replace function hera_internal.add_links(
  p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[])
returns void
language plpgsql
as $$
begin
  insert into hera.core_relationships (
    organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
  select p_organization_id, p_from_id, t.id, p_type, 'HERA.INTEGRATION.REL.' || p_type || '.v1', p_actor_user_id, p_actor_user_id
  from unnest(p_to_ids) t (id)
  on conflict do nothing;
end
$$;
comment on function hera_internal.add_links(uuid, uuid, uuid, text, uuid[]) is 'Adds active links of a type.';
