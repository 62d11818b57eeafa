-- hera_internal.monitor_hours: what happened hour by hour, the oldest hour first; an hour in which nothing happened is there with zeros, so
-- that a chart has no gaps. Dead letters are those that still stand, by the hour in which their delivery was given up.
create or replace function hera_internal.monitor_hours(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
begin
  return (
    with hours as (
      select h as hour from generate_series(p_filter.since, p_filter.until - interval '1 hour', interval '1 hour') h
    ), events as (
      select r.hour, sum(r.events) as events
      from hera_internal.event_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by r.hour
    ), attempted as materialized (
      select r.hour, r.duration_bucket, sum(r.attempts) as attempts, sum(r.retries) as retries,
        coalesce(sum(r.attempts) filter (where r.cause like '2__'), 0) as delivered
      from hera_internal.delivery_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by r.hour, r.duration_bucket
    ), attempts as (
      select k.hour, sum(k.attempts) as attempts, sum(k.retries) as retries, sum(k.delivered) as delivered,
        min(k.duration_bucket) filter (where k.upto >= 0.95 * k.total) as p95
      from (
        select t.*, sum(t.attempts) over (partition by t.hour order by t.duration_bucket) as upto, sum(t.attempts) over (partition by t.hour) as total
        from attempted t) k
      group by k.hour
    ), latencies as (
      select k.hour, min(k.latency_bucket) filter (where k.upto >= 0.5 * k.total) as p50,
        min(k.latency_bucket) filter (where k.upto >= 0.95 * k.total) as p95
      from (
        select r.hour, r.latency_bucket, sum(sum(r.events)) over (partition by r.hour order by r.latency_bucket) as upto,
          sum(sum(r.events)) over (partition by r.hour) as total
        from hera_internal.latency_hours(p_organization_id, p_filter.since, p_filter.until) r
        group by r.hour, r.latency_bucket) k
      group by k.hour
    ), dead as (
      select hera_internal.hour_of(d.created_at) as hour, count(*) as dead_letters
      from hera.dead_letters d
      where d.created_at >= p_filter.since and d.created_at < p_filter.until
        and (p_organization_id is null or d.organization_id = p_organization_id)
      group by 1
    )
    select jsonb_build_object('hours', jsonb_agg(jsonb_build_object(
      'hour', h.hour, 'events', coalesce(e.events, 0), 'attempts', coalesce(a.attempts, 0), 'retries', coalesce(a.retries, 0),
      'delivered', coalesce(a.delivered, 0), 'success_rate', round(a.delivered::numeric / a.attempts, 4),
      'duration_p95_ms', hera_internal.bucket_ms(a.p95), 'latency_p50_ms', hera_internal.bucket_ms(l.p50),
      'latency_p95_ms', hera_internal.bucket_ms(l.p95), 'dead_letters', coalesce(d.dead_letters, 0)) order by h.hour))
    from hours h
    left join events e using (hour)
    left join attempts a using (hour)
    left join latencies l using (hour)
    left join dead d using (hour));
end
$$;
grant execute on function hera_internal.monitor_hours(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_hours(uuid, hera_internal.monitor_filter) is 'What happened hour by hour.';
