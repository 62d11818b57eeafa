-- hera_monitor_failures_v1: retries and dead letters by cause.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found
create or replace function public.hera_monitor_failures_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_failures_v1', 'CALL');
  return hera_internal.monitor('failures', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['webhook_id']));
end
$$;
revoke all on function public.hera_monitor_failures_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_failures_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_failures_v1(uuid, uuid, jsonb) is
$doc$Why attempts failed in the period, and the dead letters that stand now.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), webhook_id}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, attempts, retries, failed_attempts: [{cause (status code or machine code), attempts, retries}],
dead_letters: [{status (dlq, cancelled, disabled, blocked), reason, cause, deliveries, oldest, newest}], dead_letter_webhooks: [{organization_id,
organization_name, webhook_id, url, status, deliveries, oldest, newest}]}, the most first.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found.

select hera_monitor_failures_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"since": "2026-01-31T00:00:00Z"}');$doc$;
