-- hera_monitor_hours_v1: throughput, success, latency and dead letters hour by hour, as charts need them.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_hours_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_hours_v1', 'CALL');
  return hera_internal.monitor('hours', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
revoke all on function public.hera_monitor_hours_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_hours_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_hours_v1(uuid, uuid, jsonb) is
$doc$Every hour of the period, the oldest first, also those in which nothing happened.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {since (default a day ago), until (default now)}; whole hours in UTC, 93 days at most; limit is accepted and has no effect.
Answers {success, since, until, hours: [{hour, events, attempts, retries (attempts that were not the first), delivered, success_rate (0 to 1,
null without attempts), duration_p95_ms (of attempts), latency_p50_ms, latency_p95_ms (accepting to the end of the first successful attempt),
dead_letters (given up in that hour, and still there)}]}. Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_hours_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
