-- hera_integration_event_in_v1: take in one event, once and only once.
-- Caller: API, DBA.  Writes: see hera_internal.accept_event and accept_event_with_transaction.
-- Errors: PT400 event.invalid, transaction.invalid, guardrail_violation:…, options.unknown, options.invalid; PT403;
--   PT404 connector.unknown, not_found (an entity of the transaction);
--   PT409 connector.paused, connector.inactive; PT413; PT422 idempotency.mismatch.
create or replace function public.hera_integration_event_in_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_event_source text,
  p_event_type text,
  p_event_data jsonb default '{}',
  p_connector_code text default null,
  p_idempotency_key text default null,
  p_smart_code text default null,
  p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_with_transaction boolean := false;
  v_traceparent text;
  v_answer jsonb;
begin
  -- Asked here, since the call alone is 4 µs.
  if current_setting('synchronous_commit') = 'off' then
    perform hera_internal.durable();
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_in_v1', 'CALL');
  if p_options <> '{}' then
    -- The host's calls bring a trace and nothing else.
    if p_options <> jsonb_build_object('traceparent', p_options -> 'traceparent') then
      v_with_transaction := hera_internal.creates_transaction(p_options);
    end if;
    v_traceparent := hera_internal.traceparent_of(p_options);
  end if;
  if v_with_transaction then
    v_answer := hera_internal.accept_event_with_transaction(p_actor_user_id, p_organization_id,
      p_event_source, p_event_type, p_event_data, p_connector_code, p_idempotency_key, p_smart_code, v_traceparent);
  else
    v_answer := hera_internal.accept_event(p_actor_user_id, p_organization_id,
      p_event_source, p_event_type, p_event_data, p_connector_code, p_idempotency_key, p_smart_code, v_traceparent);
  end if;
  if v_answer ? 'error' then
    perform hera_internal.fail_answer(v_answer);
  end if;
  return v_answer;
end
$$;
revoke all on function public.hera_integration_event_in_v1(uuid, uuid, text, text, jsonb, text, text, text, jsonb) from public;
grant execute on function public.hera_integration_event_in_v1(uuid, uuid, text, text, jsonb, text, text, text, jsonb)
  to hera_api, hera_dba;
comment on function public.hera_integration_event_in_v1(uuid, uuid, text, text, jsonb, text, text, text, jsonb) is
$doc$Takes in one event, once and only once, and enqueues a delivery for each matching webhook in the same transaction.

p_event_source, p_event_type: 1 to 128 letters, digits or _ . : / -; the topic is <source>.<type>.
p_event_data: JSON object or array, at most 1 MiB, nested at most 64.
p_connector_code: an installed connector, or one that has a definition.
p_idempotency_key: at most 255 characters. The same key with the same content answers the first event and writes nothing.
p_smart_code: HERA.… ; given by the connector's mapping or generated where absent.
p_options: {create_transaction: true}: event_data is a transaction too ({transaction_type, smart_code, total_amount, …} as in
hera_transaction_post_v1, with lines where it has an array of them), posted together with the event or not at all. Its type is
p_event_type and its smart code p_smart_code where event_data gives none.
{traceparent}: W3C Trace Context of the caller; the event's webhooks carry its trace on. An unknown key is refused.

Answers {success, message, event_id, smart_code, connector_id, connector_installed, transaction_id, duplicate, deliveries}.
Errors: PT400 event.invalid, transaction.invalid or guardrail_violation:…, PT403 actor_not_member or permission_denied,
PT404 connector.unknown or not_found (an entity of the transaction),
PT409 connector.paused or connector.inactive, PT413, PT422 idempotency.mismatch.

select hera_integration_event_in_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'shop', 'order.paid', '{"order": 17}', p_idempotency_key => 'order-17-paid');$doc$;
