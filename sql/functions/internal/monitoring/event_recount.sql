-- hera_internal.event_recount: events that came in from p_from to before p_until, counted from the events themselves.
-- p_organization_id null: of every organization that the caller's policies show. Both bounds are whole minutes.
create or replace function hera_internal.event_recount(p_organization_id uuid, p_from timestamptz, p_until timestamptz)
returns setof hera.event_rollup
language plpgsql
stable
-- The bounds are to be known to the planner, which then leaves the other partitions out.
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select e.organization_id, hera_internal.hour_of(e.created_at), e.event_source, e.status, count(*)::int
  from hera.events e
  where e.id >= hera_internal.id_floor(p_from) and e.id < hera_internal.id_floor(p_until)
    and e.created_at >= p_from and e.created_at < p_until
    and (p_organization_id is null or e.organization_id = p_organization_id)
  group by 1, 2, 3, 4;
end
$$;
grant execute on function hera_internal.event_recount(uuid, timestamptz, timestamptz) to hera_worker_owner;
comment on function hera_internal.event_recount(uuid, timestamptz, timestamptz) is 'What hera.event_rollup should say of a period.';
