-- hera_integration_event_batch_v1: take in up to 1,000 events in one transaction; one bad item harms no other.
-- Caller: API, DBA.  Writes: see hera_internal.accept_event and accept_event_with_transaction.
-- Errors: PT400 events.invalid, options.unknown, options.invalid; PT403; PT413. Faults of items are in their results.
create or replace function public.hera_integration_event_batch_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_known constant text[] := array[
    'event_source', 'event_type', 'event_data', 'connector_code', 'idempotency_key', 'smart_code', 'options'];
  v_items jsonb[];
  v_answers jsonb[];
  v_transactions boolean;
  v_traceparent text;
  v_duplicates int := 0;
  v_failed int := 0;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_batch_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['traceparent']);
  v_traceparent := hera_internal.traceparent_of(p_options);
  if p_events is null or jsonb_typeof(p_events) <> 'array' or jsonb_array_length(p_events) not between 1 and 1000 then
    perform hera_internal.fail(400, 'events.invalid', 'events must be an array of 1 to 1,000 events',
      'Send [{"event_source": …, "event_type": …, "event_data": {…}}, …]; split a larger batch.');
  end if;

  select array_agg(e.item order by e.nth), array_agg(hera_internal.batch_item_fault(e.item, v_known) order by e.nth),
    bool_or(e.item #> '{options,create_transaction}' = 'true')
  into v_items, v_answers, v_transactions
  from jsonb_array_elements(p_events) with ordinality e (item, nth);
  if v_transactions then
    v_answers := hera_internal.accept_events_in_turn(p_actor_user_id, p_organization_id, v_items, v_answers, v_traceparent);
  else
    v_answers := hera_internal.accept_events(p_actor_user_id, p_organization_id, v_items, v_answers, v_traceparent);
  end if;

  for i in 1 .. cardinality(v_items)
  loop
    if v_answers[i] ? 'error' then
      v_failed := v_failed + 1;
    elsif (v_answers[i] ->> 'duplicate')::boolean then
      v_duplicates := v_duplicates + 1;
    end if;
    v_answers[i] := v_answers[i] || jsonb_build_object('index', i - 1);
  end loop;
  return jsonb_build_object('success', v_failed = 0, 'accepted', cardinality(v_items) - v_failed - v_duplicates, 'duplicates', v_duplicates,
    'failed', v_failed, 'results', to_jsonb(v_answers));
end
$$;
revoke all on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) from public;
grant execute on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) is
$doc$Takes in 1 to 1,000 events in one transaction. One bad item harms no other.

p_events: array of {event_source, event_type, event_data, connector_code, idempotency_key, smart_code, options}, each as in
hera_integration_event_in_v1.
p_options: {traceparent}: W3C Trace Context of the caller; the webhooks of all these events carry its trace on.

Answers {success, accepted, duplicates, failed, results: [{index, success, event_id, …} |
{index, success: false, error, status, field, message}]};
index counts from 0. Errors of the whole call: PT400 events.invalid, options.unknown or options.invalid, PT403.

select hera_integration_event_batch_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '[{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}, "idempotency_key": "order-17-paid"}]');$doc$;
