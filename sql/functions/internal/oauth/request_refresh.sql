-- hera_internal.request_refresh: a call was refused for its token. Has it renewed at once where that may help:
--   due              the call may be repeated in some seconds, with another token
--   reauth_required  a person has to authorize the installation; nothing is to be repeated before
-- A token that is not five minutes old and has not ended is not renewed: that it is refused has another reason.
-- p_used_since: when the refused call was made up, where it is known: a token that came later has not been refused.
-- Locks: the installation, so that any number of refused calls cause one.
create or replace function hera_internal.request_refresh(
  p_organization_id uuid, p_installation_id uuid, p_used_since timestamptz default null)
returns text
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_auth constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id) -> 'auth';
  v_token record;
begin
  perform from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id for update;
  v_token := hera_internal.token_state(p_organization_id, p_installation_id, v_auth);
  if v_token.given_at > p_used_since then
    return 'due';
  elsif v_token.given_at is null or not v_token.can_refresh or v_auth #>> '{refresh,strategy}' = 'exchange'
    or v_token.given_at > v_now - interval '5 minutes' and coalesce(v_token.expires_at > v_now, true) then
    perform hera_internal.end_authorization(p_organization_id, p_installation_id, 'The provider refuses the access token.');
    return 'reauth_required';
  end if;
  -- A token without an end has no task yet.
  insert into hera.connector_tasks as t (organization_id, id, installation_id, kind, code, due_at)
  values (p_organization_id, gen_random_uuid(), p_installation_id, 'refresh', '', v_now)
  on conflict (organization_id, installation_id, kind, code) do update set due_at = v_now
  where t.fence is null and t.due_at > v_now;
  return 'due';
end
$$;
comment on function hera_internal.request_refresh(uuid, uuid, timestamptz) is 'Has the token of a refused call renewed: due or reauth_required.';
