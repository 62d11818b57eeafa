-- hera_internal.organizations_of: the organizations that an actor may list: the own ones, or all for a platform admin.
create or replace function hera_internal.organizations_of(p_actor_user_id uuid)
returns jsonb
language plpgsql
as $$
declare
  v_all boolean;
  v_list jsonb;
begin
  perform hera_internal.check_actor(p_actor_user_id);
  perform hera_internal.set_tenant(hera_internal.platform_id());
  perform set_config('hera.user_entity_id', p_actor_user_id::text, true);
  select coalesce(bool_or(m.role = 'platform_admin'), false) into v_all
  from hera.memberships m
  where m.organization_id = hera_internal.platform_id() and m.user_entity_id = p_actor_user_id and m.is_active
    and (m.expires_at is null or m.expires_at > hera_internal.now());

  select coalesce(jsonb_agg(hera_internal.organization_json(o) order by o.organization_name, o.id), '[]') into v_list
  from hera.core_organizations o
  where v_all or exists (
    select from hera.memberships m
    where m.organization_id = o.id and m.user_entity_id = p_actor_user_id and m.is_active
      and (m.expires_at is null or m.expires_at > hera_internal.now()));
  perform set_config('hera.user_entity_id', '', true);
  return v_list;
end
$$;
comment on function hera_internal.organizations_of(uuid) is 'The organizations that an actor may list, as a JSON array.';
