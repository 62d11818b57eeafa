-- hera_internal.refill_rate: bring the token buckets of a batch's rate-limited webhooks up to date, and lock them in order.
create or replace function hera_internal.refill_rate(p_batch hera_internal.outbox_batch, p_now timestamptz)
returns void
language sql
volatile
as $$
  insert into hera.outbox_rate as b (organization_id, webhook_no, tokens, refilled_at)
  select k.organization_id, k.webhook_no, coalesce(w.rate_burst, greatest(1, w.rate_limit_per_second)), p_now
  from (
    select distinct d.organization_id, hera_internal.delivery_webhook_no(d.delivery_id) as webhook_no
    from unnest(p_batch.organization_ids, p_batch.delivery_ids) as d (organization_id, delivery_id)) k
  join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no
  where w.rate_limit_per_second is not null
  order by k.organization_id, k.webhook_no
  on conflict (organization_id, webhook_no) do update set
    -- What the bucket may hold at most is what a new row would hold.
    tokens = least(excluded.tokens, b.tokens + (
      select w.rate_limit_per_second from hera.webhooks w where w.organization_id = b.organization_id and w.webhook_no = b.webhook_no)
      * greatest(0, extract(epoch from excluded.refilled_at - b.refilled_at))),
    refilled_at = greatest(b.refilled_at, excluded.refilled_at);
$$;
grant execute on function hera_internal.refill_rate(hera_internal.outbox_batch, timestamptz) to hera_worker_owner;
comment on function hera_internal.refill_rate(hera_internal.outbox_batch, timestamptz) is 'Refills token buckets.';
