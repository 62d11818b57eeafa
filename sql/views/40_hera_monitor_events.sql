-- public.hera_monitor_events: events by hour and source, as counted by the last maintenance (hera.rollup_state says when).
-- first_delivered and the latencies belong to the hour in which the first attempt that delivered the event started.
create or replace view public.hera_monitor_events as
with counted as (
  select r.organization_id, r.hour, r.event_source, null::smallint as latency_bucket, r.events,
    case when r.status = 'processed' then r.events else 0 end as processed,
    case when r.status = 'failed' then r.events else 0 end as failed,
    0 as delivered
  from hera.event_rollup r
  union all
  select r.organization_id, r.hour, r.event_source, r.latency_bucket, 0, 0, 0, r.events
  from hera.latency_rollup r
), ranked as (
  select c.*,
    sum(c.delivered) over (partition by c.organization_id, c.hour, c.event_source order by c.latency_bucket) as upto,
    sum(c.delivered) over (partition by c.organization_id, c.hour, c.event_source) as total
  from counted c
)
select r.organization_id, r.hour, r.event_source, sum(r.events) as events, sum(r.processed) as processed, sum(r.failed) as failed,
  sum(r.delivered) as first_delivered,
  hera_internal.bucket_ms(min(r.latency_bucket) filter (where r.upto >= 0.5 * r.total)) as latency_p50_ms,
  hera_internal.bucket_ms(min(r.latency_bucket) filter (where r.upto >= 0.95 * r.total)) as latency_p95_ms
from ranked r
group by r.organization_id, r.hour, r.event_source;
grant select on public.hera_monitor_events to hera_dba, hera_reader;
comment on view public.hera_monitor_events is
  'Events by hour (UTC) and source, and the time from accepting to first delivery; ten minutes old at most while maintenance runs.';
