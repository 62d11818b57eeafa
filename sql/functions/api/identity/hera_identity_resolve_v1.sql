-- hera_identity_resolve_v1: whom a token's subject means, and where that person is a member.
-- Caller: API (before an organization is chosen).  Errors: PT401 identity_not_resolved.
create or replace function public.hera_identity_resolve_v1(p_auth_uid text)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_user uuid;
  v_memberships jsonb;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select i.user_entity_id into v_user
  from hera.identities i
  where i.organization_id = hera_internal.platform_id() and i.auth_uid = p_auth_uid;
  if v_user is null then
    perform hera_internal.fail(401, 'identity_not_resolved', 'The subject of the token is no known user.',
      'An organization admin grants a membership with hera_membership_v1, naming the auth_uid.');
  end if;

  -- With the platform as tenant the names of all organizations can be read, and of the memberships only one's own.
  perform set_config('hera.user_entity_id', v_user::text, true);
  select coalesce(jsonb_agg(jsonb_build_object(
      'organization_id', m.organization_id, 'organization_name', o.organization_name, 'role', m.role,
      'is_active', m.is_active and o.status = 'active') order by m.created_at, m.organization_id), '[]')
  into v_memberships
  from hera.memberships m
  join hera.core_organizations o on o.id = m.organization_id
  where m.user_entity_id = v_user;
  perform set_config('hera.user_entity_id', '', true);
  return jsonb_build_object('user_entity_id', v_user, 'memberships', v_memberships);
end
$$;
revoke all on function public.hera_identity_resolve_v1(text) from public;
grant execute on function public.hera_identity_resolve_v1(text) to hera_api, hera_dba;
comment on function public.hera_identity_resolve_v1(text) is
$doc$Resolves the subject of an authenticated token.

p_auth_uid: the token's sub.
Answers {user_entity_id, memberships: [{organization_id, organization_name, role, is_active}]}, the oldest membership first.
Errors: PT401 identity_not_resolved.

select hera_identity_resolve_v1('00000000-0000-0000-0000-000000000001');$doc$;
