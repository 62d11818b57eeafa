-- public.hera_monitor_events: events by hour and source, as counted by the last maintenance (hera.rollup_state says when).
-- first_delivered and the latencies belong to the hour in which the first attempt that delivered the event started.
create or replace view public.hera_monitor_events as
with latency as (
  select r.organization_id, r.hour, r.event_source, r.latency_bucket, r.events,
    sum(r.events) over (partition by r.organization_id, r.hour, r.event_source order by r.latency_bucket) as upto,
    sum(r.events) over (partition by r.organization_id, r.hour, r.event_source) as total
  from hera.latency_rollup r
), delivered as (
  select l.organization_id, l.hour, l.event_source, max(l.total) as events,
    min(l.latency_bucket) filter (where l.upto >= 0.5 * l.total) as p50,
    min(l.latency_bucket) filter (where l.upto >= 0.95 * l.total) as p95
  from latency l
  group by l.organization_id, l.hour, l.event_source
), accepted as (
  select r.organization_id, r.hour, r.event_source, sum(r.events) as events,
    sum(r.events) filter (where r.status = 'processed') as processed, sum(r.events) filter (where r.status = 'failed') as failed
  from hera.event_rollup r
  group by r.organization_id, r.hour, r.event_source
)
select organization_id, hour, event_source, coalesce(a.events, 0) as events, coalesce(a.processed, 0) as processed,
  coalesce(a.failed, 0) as failed, coalesce(d.events, 0) as first_delivered,
  hera_internal.bucket_ms(d.p50) as latency_p50_ms, hera_internal.bucket_ms(d.p95) as latency_p95_ms
from accepted a
full join delivered d using (organization_id, hour, event_source);
grant select on public.hera_monitor_events to hera_dba, hera_reader;
comment on view public.hera_monitor_events is
  'Events by hour (UTC) and source, and the time from accepting to first delivery; ten minutes old at most while maintenance runs.';
