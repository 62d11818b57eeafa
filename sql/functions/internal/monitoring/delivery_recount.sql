-- hera_internal.delivery_recount: attempts that started from p_from to before p_until, counted from the attempts themselves.
-- p_organization_id null: of every organization that the caller's policies show. Both bounds are whole minutes.
create or replace function hera_internal.delivery_recount(p_organization_id uuid, p_from timestamptz, p_until timestamptz)
returns setof hera.delivery_rollup
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select a.organization_id, hera_internal.hour_of(a.started_at), hera_internal.delivery_webhook_no(a.delivery_id),
    case when a.status_code is null then coalesce(a.error, 'no_answer') else a.status_code::text end,
    hera_internal.bucket(a.duration_ms), count(*)::int, (count(*) filter (where a.attempt > 1))::int
  from hera.attempts a
  where a.started_at >= p_from and a.started_at < p_until
    and (p_organization_id is null or a.organization_id = p_organization_id)
  group by 1, 2, 3, 4, 5;
end
$$;
grant execute on function hera_internal.delivery_recount(uuid, timestamptz, timestamptz) to hera_worker_owner;
comment on function hera_internal.delivery_recount(uuid, timestamptz, timestamptz) is 'What hera.delivery_rollup should say of a period.';
