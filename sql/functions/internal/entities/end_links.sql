-- hera_internal.end_links: close active links. A link that no longer holds is closed, not deleted.
create or replace function hera_internal.end_links(p_actor_user_id uuid, p_organization_id uuid, p_link_ids uuid[])
returns void
language plpgsql
as $$
declare
  v_now timestamptz := hera_internal.now();
begin
  update hera.core_relationships r
  set is_active = false, expiration_date = v_now, updated_at = v_now, updated_by = p_actor_user_id, version = r.version + 1
  where r.organization_id = p_organization_id and r.id = any (p_link_ids) and r.is_active;
end
$$;
comment on function hera_internal.end_links(uuid, uuid, uuid[]) is 'Closes links by their ids.';
