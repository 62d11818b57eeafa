-- hera_webhook_dead_letters_v1: the dead letter queue of an organization, newest first.
-- Caller: API, DBA.  Errors: PT400 filter.unknown, filter.invalid; PT403; PT404 not_found.
create or replace function public.hera_webhook_dead_letters_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_filter record;
  v_webhook_no int;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_dead_letters_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'status', 'reason', 'cause']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  with letters as materialized (
    select d.*
    from hera.dead_letters d
    where d.organization_id = p_organization_id and d.delivery_id < v_filter.cursor_id
      and d.delivery_id >= v_filter.after_id and d.delivery_id < v_filter.before_id
      and (v_webhook_no is null or hera_internal.delivery_webhook_no(d.delivery_id) = v_webhook_no)
      and (v_filter.status is null or d.status = v_filter.status)
      and (p_filter ->> 'reason' is null or d.reason = p_filter ->> 'reason')
      and (p_filter ->> 'cause' is null or coalesce(d.last_status_code::text, d.last_error) = p_filter ->> 'cause')
      -- With offset an event is looked up for each letter of the page, here and below; without, all events are read and hashed.
      and exists (
        select from hera.events e
        where e.organization_id = d.organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id) offset 0)
    order by d.delivery_id desc
    limit v_filter.max_rows
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', d.delivery_id, 'event_id', e.id, 'webhook_id', w.id, 'status', d.status, 'reason', d.reason,
      'attempts', d.attempts, 'last_status_code', d.last_status_code, 'last_error', d.last_error,
      'dead_since', d.created_at, 'topic', e.event_source || '.' || e.event_type, 'event_data', e.event_data)
      || case when w.kind = 'channel' then jsonb_build_object('connector_code', e.event_source, 'action', substr(e.event_type, 8)) else '{}' end
    order by d.delivery_id desc), '[]')
  into v_rows
  from letters d
  join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
  cross join lateral (
    select e.id, e.event_source, e.event_type, e.event_data
    from hera.events e
    where e.organization_id = d.organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id) offset 0) e;
  return hera_internal.list_answer('dead_letters', v_rows, v_filter.max_rows);
end
$$;
revoke all on function public.hera_webhook_dead_letters_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_webhook_dead_letters_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_webhook_dead_letters_v1(uuid, uuid, jsonb) is
$doc$Deliveries that will not be sent unless replayed, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until (of the
event), webhook_id, status (dlq, cancelled, disabled, blocked), reason, cause (the last status code, else the last error)}.
Answers {success, dead_letters: [{id, event_id, webhook_id, status, reason, attempts, last_status_code, last_error, dead_since, topic,
event_data}], next_cursor}; a call of a provider has connector_code and action too, and reason outcome_unknown where it may have been done. Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found.

select hera_webhook_dead_letters_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
