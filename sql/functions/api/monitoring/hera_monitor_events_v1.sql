-- hera_monitor_events_v1: event volume and latency by hour and source.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_events_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_events_v1', 'CALL');
  return hera_internal.monitor('events', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['event_source']));
end
$$;
revoke all on function public.hera_monitor_events_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_events_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_events_v1(uuid, uuid, jsonb) is
$doc$Events by hour and source, newest hour first.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), event_source}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, events: [{hour, event_source, events, processed, failed (came in that hour), first_delivered (events whose
first successful attempt started in that hour), latency_p50_ms, latency_p95_ms (of those: accepting to the end of that attempt)}]}.
Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_events_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"since": "2026-01-31T00:00:00Z"}');$doc$;
