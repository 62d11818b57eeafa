-- hera_internal.settle_batch: settle a batch that holds calls: these by hera_internal.settle_calls, the rest by hera_internal.settle.
create or replace function hera_internal.settle_batch(
  p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_plain hera_internal.outbox_batch;
  v_results hera_internal.outbox_results;
  v_counts jsonb := hera_internal.settle_calls(p_batch, p_results, p_headers, p_now);
  v_more jsonb;
begin
  select array_agg(d.organization_id), array_agg(d.delivery_id), array_agg(d.attempt), array_agg(d.base_attempt),
    array_agg(p_results.status_codes[d.nth]), array_agg(p_results.durations_ms[d.nth]), array_agg(left(p_results.response_bodies[d.nth], 16384)),
    array_agg(p_results.errors[d.nth]), array_agg(p_results.retry_after_s[d.nth])
  into v_plain.organization_ids, v_plain.delivery_ids, v_plain.attempts, v_plain.base_attempts,
    v_results.status_codes, v_results.durations_ms, v_results.response_bodies, v_results.errors, v_results.retry_after_s
  from hera_internal.batch_rows(p_batch, 'webhook') d;
  if v_plain.delivery_ids is null then
    return v_counts;
  end if;
  v_more := hera_internal.settle(v_plain, v_results, p_now);
  return (
    select jsonb_object_agg(c.key, c.value::int + (v_more -> c.key)::int) from jsonb_each_text(v_counts) c);
end
$$;
grant execute on function hera_internal.settle_batch(hera_internal.outbox_batch, hera_internal.outbox_results, text[], timestamptz) to hera_worker_owner;
comment on function hera_internal.settle_batch(hera_internal.outbox_batch, hera_internal.outbox_results, text[], timestamptz) is
  'Settles a batch that holds calls.';
