-- hera_monitor_webhooks_v1: slow webhooks and what their rate limit put off.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found
create or replace function public.hera_monitor_webhooks_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_webhooks_v1', 'CALL');
  return hera_internal.monitor('webhooks', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['webhook_id']));
end
$$;
revoke all on function public.hera_monitor_webhooks_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_webhooks_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_webhooks_v1(uuid, uuid, jsonb) is
$doc$Webhooks with attempts in the period, the slowest (duration_p95_ms) first.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), webhook_id}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, webhooks: [{organization_id, webhook_id, url, status, attempts, delivered, retries, status_2xx, status_3xx,
status_4xx, status_5xx, no_answer, success_rate, duration_p50_ms, duration_p95_ms, rate_limit_per_second, rate_limit_put_off (how often,
ever), rate_limit_last_put_off_at}]}. Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found.

select hera_monitor_webhooks_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"since": "2026-01-31T00:00:00Z"}');$doc$;
