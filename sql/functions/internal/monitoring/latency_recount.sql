-- hera_internal.latency_recount: events whose first successful attempt started from p_from to before p_until, by how long after
-- accepting it was over, counted from attempts and events.
-- p_organization_id null: of every organization that the caller's policies show. Both bounds are whole minutes.
create or replace function hera_internal.latency_recount(p_organization_id uuid, p_from timestamptz, p_until timestamptz)
returns setof hera.latency_rollup
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with delivered as materialized (
    select distinct on (a.organization_id, hera_internal.delivery_event_id(a.delivery_id))
      a.organization_id, hera_internal.delivery_event_id(a.delivery_id) as event_id, a.started_at, a.duration_ms
    from hera.attempts a
    where a.started_at >= p_from and a.started_at < p_until and a.status_code between 200 and 299
      and (p_organization_id is null or a.organization_id = p_organization_id)
    order by 1, 2, a.started_at, a.duration_ms
  ), first as (
    -- An event of this period can't have been delivered before it. (A start is reckoned back from the report, hence the minute.)
    select d.organization_id, d.started_at, d.duration_ms, e.event_source, e.created_at
    from delivered d
    join hera.events e on e.organization_id = d.organization_id and e.id = d.event_id
    where e.id >= hera_internal.id_floor(p_from) and e.id < hera_internal.id_floor(p_until + interval '1 minute')
      -- Says the same; the block range index knows times.
      and e.created_at >= p_from and e.created_at < p_until + interval '1 minute'
    union all
    select d.organization_id, d.started_at, d.duration_ms, e.event_source, e.created_at
    from delivered d
    join hera.events e on e.organization_id = d.organization_id and e.id = d.event_id
    where d.event_id < hera_internal.id_floor(p_from)
      and not exists (
        select from hera.attempts o
        where o.organization_id = e.organization_id
          and o.delivery_id >= e.id and o.delivery_id <= hera_internal.last_delivery_id(e.id)
          and o.started_at < p_from and o.status_code between 200 and 299)
  )
  select f.organization_id, hera_internal.hour_of(f.started_at), f.event_source,
    hera_internal.bucket(extract(epoch from f.started_at - f.created_at)::float8 * 1000 + f.duration_ms), count(*)::int
  from first f
  group by 1, 2, 3, 4;
end
$$;
grant execute on function hera_internal.latency_recount(uuid, timestamptz, timestamptz) to hera_worker_owner;
comment on function hera_internal.latency_recount(uuid, timestamptz, timestamptz) is 'What hera.latency_rollup should say of a period.';
