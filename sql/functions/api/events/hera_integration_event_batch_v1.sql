-- hera_integration_event_batch_v1: take in up to 1,000 events in one transaction; one bad item harms no other.
-- Caller: API, DBA.  Writes: see hera_internal.accept_events.
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
  v_answers jsonb[];
  v_result jsonb;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_batch_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, '{}');
  if p_events is null or jsonb_typeof(p_events) <> 'array' or jsonb_array_length(p_events) not between 1 and 1000 then
    perform hera_internal.fail(400, 'events.invalid', 'events must be an array of 1 to 1,000 events',
      'Send [{"event_source": …, "event_type": …, "event_data": {…}}, …]; split a larger batch.');
  end if;

  -- An item that is no object, or has a key that nothing reads, comes through as an event without a source,
  -- and its own fault replaces the answer.
  select hera_internal.accept_events(p_actor_user_id, p_organization_id,
    array_agg(case when x.fault is null then x.item ->> 'event_source' end order by x.i),
    array_agg(x.item ->> 'event_type' order by x.i),
    array_agg(coalesce(x.item -> 'event_data', '{}') order by x.i),
    array_agg(x.item ->> 'connector_code' order by x.i),
    array_agg(x.item ->> 'idempotency_key' order by x.i),
    array_agg(x.item ->> 'smart_code' order by x.i))
  into v_answers
  from (
    select item, i, hera_internal.batch_item_fault(item, v_known) as fault
    from jsonb_array_elements(p_events) with ordinality e (item, i)) x;

  select jsonb_build_object(
    'success', count(*) filter (where not (a ->> 'success')::boolean) = 0,
    'accepted', count(*) filter (where (a ->> 'success')::boolean and not (a ->> 'duplicate')::boolean),
    'duplicates', count(*) filter (where (a ->> 'duplicate')::boolean),
    'failed', count(*) filter (where not (a ->> 'success')::boolean),
    'results', jsonb_agg(jsonb_build_object('index', i - 1) || a order by i))
  into v_result
  from (
    select i, case when answer ? 'error' then coalesce(hera_internal.batch_item_fault(p_events -> (i - 1)::int, v_known), answer) else answer end as a
    from unnest(v_answers) with ordinality t (answer, i)) r;
  return v_result;
end
$$;
revoke all on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) from public;
grant execute on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_event_batch_v1(uuid, uuid, jsonb, jsonb) is
$doc$Takes in 1 to 1,000 events in one transaction. One bad item harms no other.

p_events: array of {event_source, event_type, event_data, connector_code, idempotency_key, smart_code}, each as in hera_integration_event_in_v1.

Answers {success, accepted, duplicates, failed, results: [{index, success, event_id, …} | {index, success: false, error, status, field, message}]};
index counts from 0. Errors of the whole call: PT400 events.invalid, PT403.

select hera_integration_event_batch_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '[{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}, "idempotency_key": "order-17-paid"}]');$doc$;
