-- hera_webhook_logs_v1: the delivery attempts of an organization, newest delivery first.
-- Caller: API, DBA.  Errors: PT400 filter.unknown, filter.invalid; PT403; PT404 not_found.
-- Attempts are read from the newest on and no further than asked for, which takes a plan for the values at hand (8 against 1,200 ms with
-- 300,000 attempts).
create or replace function public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  v_filter record;
  v_webhook_no int;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_logs_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'event_id', 'delivery_id', 'status']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  if p_filter ? 'delivery_id' then
    v_filter.event_id := hera_internal.delivery_event_id(hera_internal.to_uuid('filter.delivery_id', p_filter ->> 'delivery_id'));
    v_webhook_no := hera_internal.delivery_webhook_no((p_filter ->> 'delivery_id')::uuid);
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', hera_internal.attempt_id(x.delivery_id, x.attempt), 'delivery_id', x.delivery_id,
      'event_id', hera_internal.delivery_event_id(x.delivery_id), 'webhook_id', x.webhook_id, 'attempt', x.attempt,
      'status', case when x.status_code between 200 and 299 then 'delivered' else 'failed' end,
      'status_code', x.status_code, 'error', x.error, 'response_body', x.response_body,
      'started_at', x.started_at, 'duration_ms', x.duration_ms)
      || case when x.kind = 'channel' then jsonb_build_object('connector_code', x.connector_code, 'action', x.action) else '{}' end
    order by x.delivery_id desc, x.attempt desc), '[]')
  into v_rows
  from (
    select t.*, w.id as webhook_id, w.kind, w.connector_code, case when w.kind = 'channel' then (
        select substr(e.event_type, 8) from hera.events e
        where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(t.delivery_id)) end as action
    from (
      select t.*
      from hera.attempts t
      where t.organization_id = p_organization_id
        and t.delivery_id <= v_filter.cursor_id and hera_internal.attempt_id(t.delivery_id, t.attempt) < v_filter.cursor_id
        and t.delivery_id >= greatest(v_filter.after_id, v_filter.event_id)
        and t.delivery_id <= least(v_filter.before_id, hera_internal.last_delivery_id(v_filter.event_id))
        and (v_webhook_no is null or hera_internal.delivery_webhook_no(t.delivery_id) = v_webhook_no)
        and (v_filter.status is null or v_filter.status = case when t.status_code between 200 and 299 then 'delivered' else 'failed' end)
      order by t.delivery_id desc, t.attempt desc
      limit v_filter.max_rows) t
    join hera.webhooks w on w.organization_id = t.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(t.delivery_id)) x;
  return hera_internal.list_answer('logs', v_rows, v_filter.max_rows);
end
$$;
revoke all on function public.hera_webhook_logs_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_webhook_logs_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_webhook_logs_v1(uuid, uuid, jsonb) is
$doc$Delivery attempts, newest delivery first. p_filter: {limit (1 to 1000, default 50), cursor, since, until (of the event), webhook_id,
event_id, delivery_id, status (delivered or failed)}.
Answers {success, logs: [{id, delivery_id, event_id, webhook_id, attempt, status, status_code (null without an answer), error,
response_body, started_at, duration_ms}], next_cursor}; a call of a provider has connector_code and action too. Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found.

select hera_webhook_logs_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"status": "failed"}');$doc$;
