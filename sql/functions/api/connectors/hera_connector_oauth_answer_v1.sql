-- hera_connector_oauth_answer_v1: what the provider answered to the request that gets the tokens.
-- Caller: the host's callback route, for nobody in particular; DBA.
-- Writes: oauth_states, secrets, connector_tasks, core_entities, core_dynamic_data, audit_log, events and deliveries.  Locks: the installation.
-- Errors: PT400 oauth.ticket; PT500 encryption.key_missing.
create or replace function public.hera_connector_oauth_answer_v1(
  p_ticket text, p_status int, p_headers jsonb, p_body text, p_error text default null)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_state hera.oauth_states;
  v_kept jsonb;
  v_config jsonb;
  v_error jsonb;
begin
  if p_ticket ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    perform hera_internal.set_tenant(split_part(p_ticket, '.', 1)::uuid);
    update hera.oauth_states s set fence = null
    where s.organization_id = split_part(p_ticket, '.', 1)::uuid and s.fence = split_part(p_ticket, '.', 2)::uuid
      and s.used_at > hera_internal.now() - interval '5 minutes'
    returning s.* into v_state;
  end if;
  perform from hera.core_entities e
  where e.organization_id = v_state.organization_id and e.id = v_state.installation_id and e.status <> 'inactive'
  for update;
  if not found then
    perform hera_internal.fail(400, 'oauth.ticket', 'The ticket is unknown, used or over.', 'Begin again with CONNECT.');
  end if;
  v_kept := hera_internal.unseal(v_state.sealed)::jsonb;
  v_config := hera_internal.installed_definition(v_state.organization_id, v_state.installation_id);

  if p_status between 200 and 299 and hera_internal.store_tokens(
    v_state.actor_user_id, v_state.organization_id, v_state.installation_id, v_config, hera_internal.json_or_null(p_body)) then
    perform hera_internal.keep_authorization(v_state, v_kept ->> 'connector_code');
    return hera_internal.oauth_outcome(null, v_kept);
  end if;
  v_error := hera_internal.provider_error('{}', p_status, p_error, p_headers, p_body);
  return hera_internal.refuse_authorization(v_state,
    regexp_replace(v_error ->> 'code', '[^A-Za-z0-9_.-]', '', 'g'),
    replace(replace(hera_internal.told_error(v_state.organization_id, v_state.installation_id, 'The authorization', v_error),
      v_kept ->> 'code', '••••'), coalesce(v_kept ->> 'code_verifier', v_kept ->> 'code'), '••••'), v_kept);
end
$$;
revoke all on function public.hera_connector_oauth_answer_v1(text, int, jsonb, text, text) from public;
grant execute on function public.hera_connector_oauth_answer_v1(text, int, jsonb, text, text) to hera_api, hera_dba;
comment on function public.hera_connector_oauth_answer_v1(text, int, jsonb, text, text) is
$doc$Takes what a provider answered to the request that hera_connector_oauth_callback_v1 prescribed: stores the tokens, sealed, and makes the
installation active; or notes at the installation why there are none.

p_ticket: as answered, good once and for five minutes. p_status: HTTP status, null where no whole answer came; p_headers: {lower-case name:
value}; p_body: the answer; p_error: null or a machine code (see hera_outbox_finish_v1).
Answers {success, connector_code, error (a code, or null), location (the return_path that CONNECT was given, with the outcome, or null)}.
Errors: PT400 oauth.ticket; PT500 encryption.key_missing.

select hera_connector_oauth_answer_v1('no-ticket', 200, '{}', '{"access_token": "t"}');$doc$;
