-- hera_internal.take_oauth_state: the authorization that a state belongs to, from now on used. Sets the tenant.
-- Who began it must still be allowed to, and the installation still be there.
-- Errors: PT400 oauth.state, the same whatever is wrong: forged, unknown, used, over; PT500 encryption.key_missing.
create or replace function hera_internal.take_oauth_state(p_state text)
returns hera.oauth_states
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_organization_id constant uuid := hera_internal.oauth_state_organization(p_state);
  v_row hera.oauth_states;
begin
  if v_organization_id is not null then
    perform hera_internal.set_tenant(v_organization_id);
    update hera.oauth_states s set used_at = v_now, fence = gen_random_uuid()
    where s.organization_id = v_organization_id and s.state_hash = sha256(convert_to(p_state, 'UTF8'))
      and s.used_at is null and s.expires_at > v_now
    returning s.* into v_row;
  end if;
  begin
    if v_row.installation_id is not null then
      perform hera_internal.authorize(v_row.actor_user_id, v_organization_id, 'hera_connector_oauth_v1', 'CONNECT');
    end if;
  exception
    when sqlstate 'PT403' or sqlstate 'PT404' then
      v_row := null;
  end;
  if v_row.installation_id is null or not exists (
    select from hera.core_entities e
    where e.organization_id = v_organization_id and e.id = v_row.installation_id and e.status <> 'inactive') then
    perform hera_internal.fail(400, 'oauth.state', 'The authorization was not begun here, is over, or has come back before.',
      'Begin it again with CONNECT.');
  end if;
  return v_row;
end
$$;
comment on function hera_internal.take_oauth_state(text) is 'Takes the authorization of a state.';
