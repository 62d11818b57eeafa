-- hera_webhook_deliveries_v1: the deliveries of an organization with their status and the reason of it, newest first.
-- Caller: API, DBA.  Errors: PT400 filter.unknown, filter.invalid; PT403; PT404 not_found.
create or replace function public.hera_webhook_deliveries_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  v_filter record;
  v_low uuid;
  v_high uuid;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_deliveries_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'event_id', 'status']);
  v_low := greatest(v_filter.after_id, v_filter.event_id);
  v_high := least(v_filter.before_id, hera_internal.id_before(v_filter.cursor_id), hera_internal.last_delivery_id(v_filter.event_id));
  select coalesce(jsonb_agg(hera_internal.delivery_json(d) order by d.id desc), '[]') into v_rows
  from hera_internal.deliveries_between(p_organization_id, v_low, v_high,
    hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id), v_filter.status, v_filter.max_rows) d;
  return hera_internal.list_answer('deliveries', v_rows, v_filter.max_rows);
end
$$;
revoke all on function public.hera_webhook_deliveries_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_webhook_deliveries_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_webhook_deliveries_v1(uuid, uuid, jsonb) is
$doc$Deliveries, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, webhook_id, event_id, status}.
Status: pending, in_flight, delivered, failed (retry due later), dlq, cancelled, disabled, blocked; reason says why.
Answers {success, deliveries: [{id, event_id, webhook_id, status, reason, attempts, last_status_code, last_error, next_attempt_at,
settled_at, created_at}], next_cursor}; a call of a provider (hera_connector_action_v1) has connector_code and action too, and the
installation as its webhook_id. Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found.

select hera_webhook_deliveries_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"status": "failed"}');$doc$;
