-- hera_internal.settle_calls: settle the calls of a batch that has been reported or lost, in order of organization and channel, so that two
-- reports at once lock alike. p_results: whole answers; p_headers: JSON of each answer's headers, or null. Answers {delivered, failed, dlq}.
create or replace function hera_internal.settle_calls(
  p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_row record;
  v_headers jsonb;
  v_counts jsonb := jsonb '{"delivered": 0, "failed": 0, "dlq": 0}';
  v_became text;
begin
  for v_row in
    select d.* from hera_internal.batch_rows(p_batch, 'channel') d order by d.organization_id, d.webhook_id, d.delivery_id
  loop
    v_headers := coalesce(hera_internal.json_or_null(p_headers[v_row.nth]), '{}');
    if p_results.retry_after_s[v_row.nth] is not null then
      v_headers := v_headers || jsonb_build_object('retry-after', p_results.retry_after_s[v_row.nth]::text);
    end if;
    begin
      v_became := hera_internal.settle_call(v_row.organization_id, v_row.delivery_id, v_row.attempt, v_row.base_attempt,
        p_results.status_codes[v_row.nth], coalesce(p_results.durations_ms[v_row.nth], 0), p_results.errors[v_row.nth], v_headers,
        p_results.response_bodies[v_row.nth], p_now);
    exception
      when transaction_rollback or query_canceled or lock_not_available then
        raise;
      when others then
        -- Else no claim would ever get past it: each would find its lease over and settle it again.
        v_became := 'dlq';
        insert into hera.dead_letters as d (
          organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
        values (v_row.organization_id, v_row.delivery_id, 'dlq', 'settle_failed', v_row.attempt, p_results.status_codes[v_row.nth], sqlstate, p_now)
        on conflict (organization_id, delivery_id) do nothing;
    end;
    v_counts := v_counts || jsonb_build_object(v_became, (v_counts -> v_became)::int + 1);
  end loop;
  return v_counts;
end
$$;
grant execute on function hera_internal.settle_calls(hera_internal.outbox_batch, hera_internal.outbox_results, text[], timestamptz) to hera_worker_owner;
comment on function hera_internal.settle_calls(hera_internal.outbox_batch, hera_internal.outbox_results, text[], timestamptz) is
  'Settles the calls of a batch.';
