-- hera_integration_event_batch_v1: take in up to 1,000 events in one transaction; one bad item harms no other.
-- Caller: API, DBA.  Writes: see hera_internal.accept_event.
-- Errors: PT400 events.invalid, options.unknown; PT403; PT413. Faults of items are in their results.
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
  v_item jsonb;
  v_answer jsonb;
  v_answers jsonb[];
  v_count int := 0;
  v_duplicates int := 0;
  v_failed int := 0;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_batch_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, '{}');
  if p_events is null or jsonb_typeof(p_events) <> 'array' or jsonb_array_length(p_events) not between 1 and 1000 then
    perform hera_internal.fail(400, 'events.invalid', 'events must be an array of 1 to 1,000 events',
      'Send [{"event_source": …, "event_type": …, "event_data": {…}}, …]; split a larger batch.');
  end if;

  for v_item in select e from jsonb_array_elements(p_events) e
  loop
    v_answer := coalesce(
      hera_internal.batch_item_fault(v_item, v_known),
      case when v_item #> '{options,create_transaction}' = 'true' then
        hera_internal.accept_event_with_transaction(p_actor_user_id, p_organization_id, v_item ->> 'event_source', v_item ->> 'event_type',
          coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code') end,
      hera_internal.accept_event(p_actor_user_id, p_organization_id, v_item ->> 'event_source', v_item ->> 'event_type',
        coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code'));
    if v_answer ? 'error' then
      v_failed := v_failed + 1;
    elsif (v_answer ->> 'duplicate')::boolean then
      v_duplicates := v_duplicates + 1;
    end if;
    v_count := v_count + 1;
    v_answers[v_count] := v_answer || jsonb_build_object('index', v_count - 1);
  end loop;
  return jsonb_build_object('success', v_failed = 0, 'accepted', v_count - v_failed - v_duplicates, 'duplicates', v_duplicates,
    'failed', v_failed, 'results', to_jsonb(v_answers));
end
$$;
revoke all on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) from public;
grant execute on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) is
$doc$Takes in 1 to 1,000 events in one transaction. One bad item harms no other.

p_events: array of {event_source, event_type, event_data, connector_code, idempotency_key, smart_code, options}, each as in
hera_integration_event_in_v1.

Answers {success, accepted, duplicates, failed, results: [{index, success, event_id, …} |
{index, success: false, error, status, field, message}]};
index counts from 0. Errors of the whole call: PT400 events.invalid, PT403.

select hera_integration_event_batch_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '[{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}, "idempotency_key": "order-17-paid"}]');$doc$;
