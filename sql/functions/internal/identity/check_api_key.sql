-- hera_internal.check_api_key: refuse an API key that may not be made.
-- Errors: PT400 api_key.invalid, field.invalid; PT403 permission_denied for a role above the maker's own.
create or replace function hera_internal.check_api_key(p_actor_role text, p_organization_id uuid, p_api_key jsonb)
returns void
language plpgsql
as $$
declare
  v_role text := p_api_key ->> 'role';
begin
  if jsonb_typeof(p_api_key -> 'name') is distinct from 'string' or p_api_key ->> 'name' !~ '^[^[:cntrl:]]{1,100}$' then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.name is required, of up to 100 characters', 'Name the machine that will use the key.');
  elsif hera_internal.role_rank(v_role) is null then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.role is not a role', 'Give org_admin, integration_manager or member.');
  elsif hera_internal.role_rank(v_role) > hera_internal.role_rank(p_actor_role) then
    perform hera_internal.fail(403, 'permission_denied', 'api_key.role is above the role of the actor', 'Give a role up to ' || p_actor_role || '.');
  elsif v_role = 'platform_admin' and p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.role platform_admin exists in the platform organization only',
      'Give org_admin, integration_manager or member.');
  elsif hera_internal.to_time('api_key.expires_at', p_api_key ->> 'expires_at') <= hera_internal.now() then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.expires_at is past', 'Give a time to come, or leave it out.');
  end if;
end
$$;
comment on function hera_internal.check_api_key(text, uuid, jsonb) is 'Raises unless the API key may be made.';
