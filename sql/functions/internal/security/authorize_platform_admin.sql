-- hera_internal.authorize_platform_admin: the rarer half of authorize: an actor who is no member of the organization.
-- A platform admin may act in every organization, and each such call is audited there.
-- Errors: PT403 actor_not_member (also where the organization does not exist, unless a platform admin asks: PT404).
create or replace function hera_internal.authorize_platform_admin(
  p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text)
returns text
language plpgsql
as $$
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  if not exists (
    select from hera.memberships m
    where m.organization_id = hera_internal.platform_id()
      and m.user_entity_id = p_actor_user_id and m.is_active and m.role = 'platform_admin'
      and (m.expires_at is null or m.expires_at > hera_internal.now())) then
    perform hera_internal.fail(403, 'actor_not_member', 'The actor is not an active member of the organization.',
      'Choose an organization of the memberships that hera_identity_resolve_v1 answers.');
  end if;
  if not exists (select from hera.core_organizations o where o.id = p_organization_id) then
    perform hera_internal.fail(404, 'not_found', 'No such organization.', 'List them with hera_organization_v1.');
  end if;
  perform hera_internal.set_tenant(p_organization_id);
  perform hera_internal.audit(p_actor_user_id, p_organization_id, p_function, p_operation, null,
    jsonb_build_object('as', 'platform_admin'));
  return 'platform_admin';
end
$$;
comment on function hera_internal.authorize_platform_admin(uuid, uuid, text, text) is
  'Lets a platform admin into any organization, audited; raises for everybody else.';
