-- hera_internal.check_grant: refuse a membership that may not be granted.
-- A user is named by auth_uid; by user_entity_id only where the organization knows the user already, so that ids
-- can't be probed. Errors: PT400 member.invalid, PT404 not_found.
create or replace function hera_internal.check_grant(
  p_actor_role text, p_organization_id uuid, p_user_entity_id uuid, p_member jsonb)
returns void
language plpgsql
as $$
declare
  v_role text := p_member ->> 'role';
  v_field text;
begin
  select k into v_field
  from unnest(array['auth_uid', 'name', 'email']) k
  where jsonb_typeof(p_member -> k) not in ('string', 'null')
  limit 1;
  if v_field is not null then
    perform hera_internal.fail(400, 'member.invalid', format('member.%s must be a text', v_field), format('Send member.%s as a JSON string.', v_field));
  elsif v_role is null or v_role not in ('platform_admin', 'org_admin', 'integration_manager', 'member') then
    perform hera_internal.fail(400, 'member.invalid', 'member.role is not a role',
      'Give platform_admin, org_admin, integration_manager or member.');
  elsif p_user_entity_id is null and coalesce(p_member ->> 'auth_uid', '') !~ '^[^[:cntrl:]]{1,255}$' then
    perform hera_internal.fail(400, 'member.invalid', 'member.auth_uid is required', 'Give the sub of the person''s tokens.');
  elsif length(p_member ->> 'name') > 200 or length(p_member ->> 'email') > 320 then
    perform hera_internal.fail(400, 'member.invalid', 'member.name may have 200 characters, member.email 320', null);
  elsif v_role = 'platform_admin' and p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.fail(400, 'member.invalid', 'member.role platform_admin exists in the platform organization only',
      'Give org_admin, integration_manager or member.');
  elsif p_user_entity_id is not null and p_actor_role <> 'platform_admin' and not exists (
    select from hera.memberships m where m.organization_id = p_organization_id and m.user_entity_id = p_user_entity_id) then
    perform hera_internal.fail(404, 'not_found', 'No such member.', 'Name a new person by auth_uid.');
  end if;
end
$$;
comment on function hera_internal.check_grant(text, uuid, uuid, jsonb) is 'Raises unless the membership may be granted.';
