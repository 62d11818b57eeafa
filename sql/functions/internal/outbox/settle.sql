-- hera_internal.settle: the one place that decides what becomes of a delivery after an attempt.
--   2xx                  delivered
--   410                  the webhook is disabled, the delivery is dead (gone)
--   blocked_address      blocked: the receiver's address is not allowed
--   past max_attempts    dead (attempts_exhausted)
--   else                 scheduled: initial_delay_ms * backoff_factor ^ (attempt - 1), at most max_delay_ms, ±10 % so that a
--                        receiver that comes back is not hit by all at once; Retry-After of 429 and 503 if that is later,
--                        but at most a day; at once after a lost lease, where nobody knows whether the receiver failed.
-- Writes each attempt to the log. Answers {delivered, failed, dlq}.
create or replace function hera_internal.settle(
  p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_total constant int := cardinality(p_batch.delivery_ids);
  v_failed int := 0;
  v_dead uuid[] := array[]::uuid[];
begin
  perform hera_internal.log_attempts(p_batch, p_results, p_now);

  if (200 <= all (p_results.status_codes) and 299 >= all (p_results.status_codes)) is not true then
    with result as (
      select r.*, w.id as webhook_id,
        case
          when r.status_code = 410 then 'gone'
          when r.error = 'blocked_address' then 'blocked_address'
          when r.attempt - r.base_attempt >= w.max_attempts or r.attempt >= 250 then 'attempts_exhausted'
        end as reason,
        least(w.max_delay_ms, w.initial_delay_ms * power(w.backoff_factor::float8, r.attempt - r.base_attempt - 1))
          * (0.9 + 0.2 * random()) as backoff_ms
      from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts, p_batch.base_attempts,
          p_results.status_codes, p_results.errors, p_results.retry_after_s)
        as r (organization_id, delivery_id, attempt, base_attempt, status_code, error, retry_after_s)
      join hera.webhooks w
        on w.organization_id = r.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(r.delivery_id)
      where r.status_code is null or r.status_code not between 200 and 299
    ), gone as (
      update hera.webhooks w set status = 'disabled', status_reason = 'The receiver answered 410 Gone.'
      from result r
      where r.reason = 'gone' and w.organization_id = r.organization_id and w.id = r.webhook_id and w.status = 'active'
    ), dead as (
      insert into hera.dead_letters (
        organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
      select r.organization_id, r.delivery_id, case r.reason when 'blocked_address' then 'blocked' else 'dlq' end,
        r.reason, r.attempt, r.status_code, r.error, p_now
      from result r
      where r.reason is not null
      on conflict (organization_id, delivery_id) do update set
        status = excluded.status, reason = excluded.reason, attempts = excluded.attempts,
        last_status_code = excluded.last_status_code, last_error = excluded.last_error, created_at = excluded.created_at
      returning delivery_id
    ), later as (
      insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
      select r.organization_id, r.delivery_id, r.attempt + 1, r.base_attempt,
        p_now + interval '1 ms' * case
          when r.error = 'lease_lost' then 0
          when r.status_code in (429, 503) then greatest(r.backoff_ms, least(86400, coalesce(r.retry_after_s, 0)) * 1000.0)
          else r.backoff_ms end
      from result r
      where r.reason is null
      returning 1
    )
    select (select count(*) from later), (select coalesce(array_agg(delivery_id), '{}') from dead) into v_failed, v_dead;
  end if;

  if exists (select from hera.outbox_fifo_lane) then
    perform hera_internal.fifo_advance(
      array_agg(s.organization_id), array_agg(s.delivery_id))
    from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_results.status_codes) as s (organization_id, delivery_id, status_code)
    where s.status_code between 200 and 299 or s.delivery_id = any (v_dead);
  end if;

  return jsonb_build_object('delivered', v_total - v_failed - cardinality(v_dead), 'failed', v_failed, 'dlq', cardinality(v_dead));
end
$$;
grant execute on function hera_internal.settle(hera_internal.outbox_batch, hera_internal.outbox_results, timestamptz) to hera_worker_owner;
comment on function hera_internal.settle(hera_internal.outbox_batch, hera_internal.outbox_results, timestamptz) is
  'Logs attempts and decides: delivered, scheduled again, or dead.';
