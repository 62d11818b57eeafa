-- hera_monitor_overview_v1: the headline numbers of an organization, or of the platform.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_overview_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_overview_v1', 'CALL');
  return hera_internal.monitor('overview', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
revoke all on function public.hera_monitor_overview_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_overview_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_overview_v1(uuid, uuid, jsonb) is
$doc$The numbers to look at first: of the period, and of this moment.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200)}; whole hours in UTC, 93 days
at most.
Answers {success, since, until; of the period: events, events_failed, first_delivered, latency_p50_ms and latency_p95_ms (accepting to the
end of the first successful attempt), attempts, delivered, retries, success_rate (0 to 1), duration_p50_ms, duration_p95_ms;
of now: pending, waiting (in fifo lines), in_flight, failed (retry due later), delayed (by a rate limit), due, oldest_past_due_seconds
(null when
nothing is due), rate_limit_put_off, dlq, blocked, disabled, cancelled, webhooks_active, webhooks_disabled, installations,
installations_active, installations_in_error, installations_to_authorize, tokens_expired, tokens_expiring_in_7_days;
alerts: [past_due, failing, dead_letters, webhook_disabled, connector_error, connector_reauth, token_expiring]}.
Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_overview_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{}');$doc$;
