-- hera_internal.set_links: let an entity have active links of a type to exactly p_to_ids.
create or replace function hera_internal.set_links(
  p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[])
returns void
language plpgsql
as $$
begin
  perform hera_internal.end_links(p_actor_user_id, p_organization_id, array(
    select r.id from hera.core_relationships r
    where r.organization_id = p_organization_id and r.from_entity_id = p_from_id and r.relationship_type = p_type
      and r.is_active and r.to_entity_id <> all (p_to_ids)));
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_from_id, p_type, p_to_ids);
end
$$;
comment on function hera_internal.set_links(uuid, uuid, uuid, text, uuid[]) is 'Sets the active links of a type.';
