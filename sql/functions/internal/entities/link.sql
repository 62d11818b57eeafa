-- hera_internal.link: let an entity have exactly one active link of a type: to p_to_id, or none where that is null.
create or replace function hera_internal.link(
  p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_id uuid)
returns void
language plpgsql
as $$
begin
  perform hera_internal.set_links(p_actor_user_id, p_organization_id, p_from_id, p_type, array_remove(array[p_to_id], null));
end
$$;
comment on function hera_internal.link(uuid, uuid, uuid, text, uuid) is 'Sets the one active link of a type.';
