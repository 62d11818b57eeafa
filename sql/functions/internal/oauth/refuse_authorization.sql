-- hera_internal.refuse_authorization: an authorization came to nothing: noted at the installation, whose status stays as it is.
-- p_reason is shown to people and must hold no secret. Answers the outcome.
create or replace function hera_internal.refuse_authorization(
  p_state hera.oauth_states, p_error text, p_reason text, p_kept jsonb)
returns jsonb
language plpgsql
volatile
as $$
begin
  perform hera_internal.set_installation_health(p_state.organization_id, p_state.installation_id, p_reason);
  perform hera_internal.audit(p_state.actor_user_id, p_state.organization_id, 'hera_connector_oauth_v1', 'REFUSED', p_state.installation_id,
    jsonb_build_object('code', p_kept -> 'connector_code', 'error', p_error));
  return hera_internal.oauth_outcome(p_error, p_kept);
end
$$;
comment on function hera_internal.refuse_authorization(hera.oauth_states, text, text, jsonb) is 'Notes a refused authorization.';
