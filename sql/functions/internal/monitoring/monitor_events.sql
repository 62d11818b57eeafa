-- hera_internal.monitor_events: events and their latency by hour and source, newest hour first.
create or replace function hera_internal.monitor_events(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
begin
  return (
    with accepted as (
      select r.hour, r.event_source, sum(r.events) as events,
        sum(r.events) filter (where r.status = 'processed') as processed, sum(r.events) filter (where r.status = 'failed') as failed
      from hera_internal.event_hours(p_organization_id, p_filter.since, p_filter.until) r
      where p_filter.event_source is null or r.event_source = p_filter.event_source
      group by r.hour, r.event_source
    ), latency as (
      select r.hour, r.event_source, r.latency_bucket, sum(r.events) as events,
        sum(sum(r.events)) over (partition by r.hour, r.event_source order by r.latency_bucket) as upto,
        sum(sum(r.events)) over (partition by r.hour, r.event_source) as total
      from hera_internal.latency_hours(p_organization_id, p_filter.since, p_filter.until) r
      where p_filter.event_source is null or r.event_source = p_filter.event_source
      group by r.hour, r.event_source, r.latency_bucket
    ), delivered as (
      select l.hour, l.event_source, max(l.total) as events,
        min(l.latency_bucket) filter (where l.upto >= 0.5 * l.total) as p50,
        min(l.latency_bucket) filter (where l.upto >= 0.95 * l.total) as p95
      from latency l
      group by l.hour, l.event_source
    )
    select jsonb_build_object('events', coalesce(jsonb_agg(to_jsonb(x) order by x.hour desc, x.events desc, x.event_source), '[]'))
    from (
      select hour, event_source, coalesce(a.events, 0) as events, coalesce(a.processed, 0) as processed, coalesce(a.failed, 0) as failed,
        coalesce(d.events, 0) as first_delivered,
        hera_internal.bucket_ms(d.p50) as latency_p50_ms, hera_internal.bucket_ms(d.p95) as latency_p95_ms
      from accepted a
      full join delivered d using (hour, event_source)
      order by hour desc, 3 desc, event_source
      limit p_filter.max_rows) x);
end
$$;
grant execute on function hera_internal.monitor_events(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_events(uuid, hera_internal.monitor_filter) is 'Events by hour and source.';
