-- hera_connector_oauth_callback_v1: what a browser brings back from a provider. The state alone says whose it is.
-- Caller: the host's callback route, for nobody in particular; DBA.  Writes: oauth_states, core_dynamic_data, audit_log.
-- Errors: PT400 oauth.state, request.…; PT500 encryption.key_missing.
create or replace function public.hera_connector_oauth_callback_v1(
  p_state text, p_code text default null, p_error text default null, p_error_description text default null)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_state hera.oauth_states := hera_internal.take_oauth_state(p_state);
  v_kept jsonb := hera_internal.unseal(v_state.sealed)::jsonb;
  v_config constant jsonb := hera_internal.installed_definition(v_state.organization_id, v_state.installation_id);
  v_error text := left(regexp_replace(coalesce(nullif(p_error, ''), case when coalesce(p_code, '') = '' then 'no_code' end),
    '[^A-Za-z0-9_.-]', '', 'g'), 100);
begin
  if v_error is not null then
    update hera.oauth_states s set fence = null
    where s.organization_id = v_state.organization_id and s.state_hash = v_state.state_hash;
    return hera_internal.refuse_authorization(v_state, v_error,
      concat_ws(': ', 'The authorization was refused', v_error, left(regexp_replace(p_error_description, '[[:cntrl:]]', ' ', 'g'), 300)), v_kept);
  end if;
  v_kept := v_kept || jsonb_build_object('code', left(p_code, 4096));
  update hera.oauth_states s set sealed = hera_internal.seal(v_kept::text)
  where s.organization_id = v_state.organization_id and s.state_hash = v_state.state_hash;
  return jsonb_build_object('success', true, 'ticket', v_state.organization_id || '.' || v_state.fence, 'timeout_ms', 20000,
    'request', encode(hera_internal.seal_for_sender(hera_internal.token_request(v_state.organization_id, v_state.installation_id, v_config, 'token',
      '{"grant_type": "authorization_code", "code": "{{code}}", "redirect_uri": "{{redirect_uri}}", "code_verifier": "{{code_verifier}}"}',
      v_kept)::text), 'base64'));
end
$$;
revoke all on function public.hera_connector_oauth_callback_v1(text, text, text, text) from public;
grant execute on function public.hera_connector_oauth_callback_v1(text, text, text, text) to hera_api, hera_dba;
comment on function public.hera_connector_oauth_callback_v1(text, text, text, text) is
$doc$Takes what a provider sends a browser back with, and prescribes the request that gets the tokens.

p_state, p_code, p_error, p_error_description: of the query, as they came.
Answers {success: true, ticket, request ({method, url, headers, body}, sealed as hera_internal.seal_for_sender tells, in base64), timeout_ms}: send it and hand
the answer to hera_connector_oauth_answer_v1 with the ticket, within five minutes. Where the provider or the person said no: the outcome as
that one answers it.
Errors: PT400 oauth.state (forged, unknown, used or older than ten minutes: not told apart), request.incomplete, PT500 encryption.key_missing.

select hera_connector_oauth_callback_v1('a-state-of-96-characters', 'a-code');$doc$;
