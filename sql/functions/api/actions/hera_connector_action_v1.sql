-- hera_connector_action_v1: call an action of an installed connector: what it sends to the provider goes through the outbox.
-- Caller: API, DBA.  Writes: see hera_internal.store_call; hera_internal.ensure_channel.
-- Errors: PT400 input.invalid, options.unknown, options.invalid, request.…; PT403; PT404 not_found; PT409 connector.pending_auth,
--   connector.reauth_required, connector.paused, connector.error, connector.token_missing; PT413; PT422 idempotency.mismatch;
--   PT500 encryption.key_missing.
create or replace function public.hera_connector_action_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_connector_code text,
  p_action text,
  p_input jsonb default '{}',
  p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_installation record;
  v_answer jsonb;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_connector_action_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['idempotency_key', 'traceparent']);
  if p_options ->> 'idempotency_key' like 'hera.%' then
    perform hera_internal.fail(400, 'options.invalid', 'options.idempotency_key must not begin with hera.', null);
  end if;
  select e.id, e.status into v_installation
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = p_connector_code
    and e.status <> 'inactive';
  if not found then
    perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it; LIST shows the connectors.');
  end if;
  v_answer := hera_internal.call_action(p_actor_user_id, p_organization_id, v_installation.id, v_installation.status, p_action, p_input,
    hera_internal.call_key('options', p_options), hera_internal.traceparent_of(p_options - 'idempotency_key'));
  if v_answer ? 'error' then
    perform hera_internal.fail_answer(v_answer);
  end if;
  return v_answer;
end
$$;
revoke all on function public.hera_connector_action_v1(uuid, uuid, text, text, jsonb, jsonb) from public;
grant execute on function public.hera_connector_action_v1(uuid, uuid, text, text, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_connector_action_v1(uuid, uuid, text, text, jsonb, jsonb) is
$doc$Calls an action of an installed connector, such as send_text of whatsapp-business-cloud. The call is stored and sent by the outbox: it is
repeated where the provider's answer says so, and never by itself where nobody knows whether a call that must not happen twice was done.

p_connector_code, p_action: GET of hera_integration_connector_v1 shows the actions of a connector (config.actions).
p_input: what the action's input_schema asks for, at most 1 MiB. Defaults are filled in.
p_options: {idempotency_key (the same key with the same call answers the first one and sends nothing), traceparent}.

Answers {success, message, event_id, delivery_id, connector_code, action, status, reason, next_attempt_at, smart_code, duplicate}; status is one of
hera_webhook_deliveries_v1, where the call is seen. What became of it comes as an event <connector>.action.<action>.succeeded, .failed or
.unknown, which webhooks can ask for: data is {action, connector_code, event_id, delivery_id, result} or {…, error {class, code, message, status}}.
Errors: PT400 input.invalid (names the field), request.incomplete, request.url, request.header, options.unknown, options.invalid; PT403;
PT404 not_found; PT409 connector.pending_auth, .reauth_required, .paused, .error, .token_missing; PT413; PT422 idempotency.mismatch;
PT500 encryption.key_missing.

select hera_connector_action_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'zapier-webhook', 'trigger_zap', '{"event": "invoice.paid", "data": {"total": 12.5}}', '{"idempotency_key": "invoice-17-paid"}');$doc$;
