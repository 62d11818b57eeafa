-- hera_monitor_heat_v1: the loudest organizations and the slowest webhooks, hour by hour, as a heat map needs them.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_heat_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_heat_v1', 'CALL');
  return hera_internal.monitor('heat', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
revoke all on function public.hera_monitor_heat_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_heat_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_heat_v1(uuid, uuid, jsonb) is
$doc$Who sends most, and which receivers are slowest, by hour.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200)}; whole hours in UTC, 93 days
at most.
Answers {success, since, until, organizations: [{organization_id, organization_name, attempts, hours: [{hour, attempts, failed}]}], webhooks:
[{organization_id, webhook_id, url, attempts, duration_p95_ms, hours: [{hour, attempts, duration_p95_ms}]}]}: organizations with the most
attempts first, webhooks with the highest p95 first; hours without attempts are left out. Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_heat_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"limit": 10}');$doc$;
