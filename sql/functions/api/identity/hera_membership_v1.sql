-- hera_membership_v1: who belongs to an organization, in which role.
-- Caller: API, DBA.  Writes: memberships, identities, core_entities, idempotent_calls, audit_log.
-- Errors: PT400 operation.unknown, member.invalid, member.unknown; PT403 permission_denied; PT404 not_found;
--   PT409 member.last_admin; PT422 idempotency.mismatch.
create or replace function public.hera_membership_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'LIST', p_member jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_membership_v1';
  v_known constant text[] := array['auth_uid', 'name', 'email', 'user_entity_id'];
  v_platform constant uuid := hera_internal.platform_id();
  v_key text;
  v_answer jsonb;
  v_role text;
  v_user uuid;
  v_member jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GRANT', 'REVOKE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GRANT, REVOKE');
  end if;
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('member', p_member);
  p_member := p_member - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('members', hera_internal.members_of(p_organization_id), 'member', p_member - v_known,
      array['role'], 'user_entity_id');
  end if;
  perform hera_internal.check_keys('member', p_member, v_known || 'role'::text);
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, jsonb_build_array(p_operation, p_member));
  if v_answer is not null then
    return v_answer;
  end if;

  if p_organization_id = v_platform and v_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'permission_denied', 'Only a platform admin changes members of the platform organization.', null);
  end if;
  v_user := hera_internal.to_uuid('member.user_entity_id', p_member ->> 'user_entity_id');
  if p_operation = 'GRANT' then
    perform hera_internal.check_grant(v_role, p_organization_id, v_user, p_member);
    v_user := coalesce(v_user, hera_internal.create_user(
      p_member ->> 'auth_uid', p_member ->> 'name', p_member ->> 'email', p_actor_user_id));
    insert into hera.memberships as m (organization_id, user_entity_id, role, organization_active, created_by, updated_by)
    select o.id, v_user, p_member ->> 'role', o.status = 'active', p_actor_user_id, p_actor_user_id
    from hera.core_organizations o
    where o.id = p_organization_id
    on conflict (organization_id, user_entity_id) do update
      set role = excluded.role, is_active = true, updated_at = hera_internal.now(), updated_by = excluded.updated_by;
  else
    update hera.memberships m set is_active = false, updated_at = hera_internal.now(), updated_by = p_actor_user_id
    where m.organization_id = p_organization_id
      and m.user_entity_id = coalesce(v_user, hera_internal.user_of(p_member ->> 'auth_uid'))
    returning m.user_entity_id into v_user;
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such member.', 'LIST shows the members.');
    end if;
  end if;

  -- Keys don't count: they can be lost.
  if p_organization_id = v_platform and not exists (
    select from hera.memberships m
    where m.organization_id = v_platform and m.role = 'platform_admin' and m.is_active
      and not exists (select from hera.api_keys k where k.organization_id = m.organization_id and k.id = m.user_entity_id)) then
    perform hera_internal.fail(409, 'member.last_admin', 'This is the last platform admin.', 'Grant platform_admin to another person first.');
  end if;

  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_user,
    jsonb_build_object('role', p_member ->> 'role'));
  select m into v_member
  from jsonb_array_elements(hera_internal.members_of(p_organization_id)) m
  where (m ->> 'user_entity_id')::uuid = v_user;
  if v_member is null then
    perform hera_internal.fail(404, 'not_found', 'No such user.', 'Name a new person by auth_uid.');
  end if;
  perform hera_internal.identity_changed('sub:' || (v_member ->> 'auth_uid'));
  return hera_internal.keep_answer(p_organization_id, v_name, v_key, jsonb_build_object('success', true, 'member', v_member));
end
$$;
revoke all on function public.hera_membership_v1(uuid, uuid, text, jsonb) from public;
grant execute on function public.hera_membership_v1(uuid, uuid, text, jsonb) to hera_api, hera_dba;
comment on function public.hera_membership_v1(uuid, uuid, text, jsonb) is
$doc$Members of an organization: LIST, GRANT, REVOKE. API keys are not among them, see hera_api_key_v1.

p_member: {auth_uid, name, email, role, user_entity_id}. GRANT takes auth_uid (an unknown one makes the USER entity) or user_entity_id
(a member already), and role: platform_admin (in the platform organization only, by platform admins), org_admin, integration_manager
or member. REVOKE takes either id. LIST: {limit (1 to 1000, all where absent), cursor, role}. idempotency_key in it: the same key with the same
call answers the first one with duplicate: true and writes nothing.
Answers {success, members: […], next_cursor} or {success, member: {user_entity_id, auth_uid, name, email, role, is_active}}.
Errors: PT400 operation.unknown or member.invalid, PT403, PT404 not_found, PT409 member.last_admin (of the platform), PT422
idempotency.mismatch.

select hera_membership_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'GRANT', '{"auth_uid": "jane@example.com", "name": "Jane", "role": "member"}');$doc$;
