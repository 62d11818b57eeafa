-- hera_internal.event_hours: the rows of hera.event_rollup from p_from to before p_until; what came after the last count is counted now,
-- so that there may be two rows for the hour in which that was.
-- p_organization_id null: of every organization that the caller's policies show. Both bounds are whole hours.
create or replace function hera_internal.event_hours(p_organization_id uuid, p_from timestamptz, p_until timestamptz)
returns setof hera.event_rollup
language plpgsql
stable rows 20000
set plan_cache_mode = force_custom_plan
as $$
declare
  v_open timestamptz := least(p_until, greatest(p_from, hera_internal.rollup_until()));
begin
  return query
  select r.*
  from hera.event_rollup r
  where r.hour >= p_from and r.hour < v_open and (p_organization_id is null or r.organization_id = p_organization_id);
  return query
  select r.* from hera_internal.event_recount(p_organization_id, v_open, p_until) r;
end
$$;
grant execute on function hera_internal.event_hours(uuid, timestamptz, timestamptz) to hera_worker_owner;
comment on function hera_internal.event_hours(uuid, timestamptz, timestamptz) is 'Events by source and status, by hour.';
