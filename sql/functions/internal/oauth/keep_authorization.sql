-- hera_internal.keep_authorization: an installation was authorized, its tokens are stored: it runs (a paused one stays paused), and whoever listens
-- for hera.connector.authorized is told.
create or replace function hera_internal.keep_authorization(p_state hera.oauth_states, p_code text)
returns void
language plpgsql
volatile
as $$
declare
  v_status text;
begin
  select e.status into v_status
  from hera.core_entities e
  where e.organization_id = p_state.organization_id and e.id = p_state.installation_id;
  if v_status <> 'paused' then
    perform hera_internal.set_installation_status(p_state.actor_user_id, p_state.organization_id, p_state.installation_id, 'active');
  end if;
  perform hera_internal.set_installation_health(p_state.organization_id, p_state.installation_id);
  perform hera_internal.keep_tasks(p_state.organization_id, p_state.installation_id);
  perform hera_internal.audit(p_state.actor_user_id, p_state.organization_id, 'hera_connector_oauth_v1', 'AUTHORIZED', p_state.installation_id,
    jsonb_build_object('code', p_code));
  perform hera_internal.publish(p_state.actor_user_id, p_state.organization_id, 'hera.connector.authorized',
    jsonb_build_object('connector_code', p_code, 'installation_id', p_state.installation_id), null,
    'HERA.INTEGRATION.CONNECTOR.AUTHORIZED.v1');
end
$$;
comment on function hera_internal.keep_authorization(hera.oauth_states, text) is 'Notes that an installation was authorized.';
