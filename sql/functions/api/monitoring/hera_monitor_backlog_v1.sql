-- hera_monitor_backlog_v1: what is to be sent, since when it is due, and whose it is.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_backlog_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_backlog_v1', 'CALL');
  return hera_internal.monitor('backlog', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
revoke all on function public.hera_monitor_backlog_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_backlog_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_backlog_v1(uuid, uuid, jsonb) is
$doc$Deliveries that have not come to their end: in all, by organization and by webhook, the most due first.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {limit (1 to 1000 rows of a list, default 200)}; since and until are accepted and have no effect on what stands now.
Answers {success, since, until, pending, waiting, in_flight, failed, delayed, due, oldest_past_due_seconds (null when nothing is due),
rate_limit_put_off (how often limits put a delivery off, ever), organizations: [{organization_id, organization_name, due, pending,
in_flight,
failed, delayed, oldest_past_due_seconds}], webhooks: [{organization_id, webhook_id, url, status, due, pending, waiting, in_flight, failed,
delayed, oldest_past_due_seconds, rate_limit_put_off, rate_limit_last_put_off_at}]}.
pending includes waiting (in fifo lines). failed: retry due later. delayed: put off by a rate limit.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_backlog_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"limit": 20}');$doc$;
