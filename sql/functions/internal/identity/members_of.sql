-- hera_internal.members_of: the members of an organization as JSON. Users live in the platform organization,
-- so they are read with that as the tenant; the tenant is put back.
create or replace function hera_internal.members_of(p_organization_id uuid)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_members jsonb;
  v_answer jsonb;
begin
  select jsonb_agg(to_jsonb(m) order by m.created_at, m.user_entity_id) into v_members
  from hera.memberships m
  where m.organization_id = p_organization_id;

  perform hera_internal.set_tenant(hera_internal.platform_id());
  select coalesce(jsonb_agg(jsonb_build_object(
      'user_entity_id', u.id, 'auth_uid', u.entity_code, 'name', u.entity_name, 'email', u.metadata ->> 'email',
      'role', m.value ->> 'role', 'is_active', m.value -> 'is_active') order by m.ordinality), '[]')
  into v_answer
  from jsonb_array_elements(v_members) with ordinality m
  join hera.core_entities u
    on u.id = (m.value ->> 'user_entity_id')::uuid and u.organization_id = hera_internal.platform_id() and u.entity_type = 'USER';
  perform hera_internal.set_tenant(p_organization_id);
  return v_answer;
end
$$;
comment on function hera_internal.members_of(uuid) is 'The members of an organization as a JSON array.';
