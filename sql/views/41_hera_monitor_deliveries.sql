-- public.hera_monitor_deliveries: attempts by hour and webhook, as counted by the last maintenance (hera.rollup_state says when).
create or replace view public.hera_monitor_deliveries as
with counted as (
  select r.organization_id, r.hour, r.webhook_no, r.cause, r.attempts, r.retries, r.duration_bucket,
    sum(r.attempts) over (
      partition by r.organization_id, r.hour, r.webhook_no order by r.duration_bucket, r.cause rows unbounded preceding) as upto,
    sum(r.attempts) over (partition by r.organization_id, r.hour, r.webhook_no) as total
  from hera.delivery_rollup r
), figures as (
  select c.organization_id, c.hour, c.webhook_no, max(c.total) as attempts, sum(c.retries) as retries,
    coalesce(sum(c.attempts) filter (where c.cause like '2__'), 0) as s2,
    coalesce(sum(c.attempts) filter (where c.cause like '3__'), 0) as s3,
    coalesce(sum(c.attempts) filter (where c.cause like '4__'), 0) as s4,
    coalesce(sum(c.attempts) filter (where c.cause like '5__'), 0) as s5,
    min(c.duration_bucket) filter (where c.upto >= 0.5 * c.total) as p50,
    min(c.duration_bucket) filter (where c.upto >= 0.95 * c.total) as p95
  from counted c
  group by c.organization_id, c.hour, c.webhook_no
)
select f.organization_id, f.hour, w.id as webhook_id, w.url, f.attempts, f.s2 as delivered, f.retries,
  f.s2 as status_2xx, f.s3 as status_3xx, f.s4 as status_4xx, f.s5 as status_5xx, f.attempts - f.s2 - f.s3 - f.s4 - f.s5 as no_answer,
  round(f.s2::numeric / f.attempts, 4) as success_rate,
  hera_internal.bucket_ms(f.p50) as duration_p50_ms, hera_internal.bucket_ms(f.p95) as duration_p95_ms
from figures f
join hera.webhooks w on w.organization_id = f.organization_id and w.webhook_no = f.webhook_no;
grant select on public.hera_monitor_deliveries to hera_dba, hera_reader;
comment on view public.hera_monitor_deliveries is
  'Attempts by hour (UTC) and webhook: success, status classes, durations; ten minutes old at most while maintenance runs.';
