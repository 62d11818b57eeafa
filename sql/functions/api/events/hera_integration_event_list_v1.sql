-- hera_integration_event_list_v1: the events of an organization, newest first.
-- Caller: API, DBA.  Errors: PT400 filter.unknown, filter.invalid; PT403; PT404 not_found (a webhook).
create or replace function public.hera_integration_event_list_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_filter record;
  v_webhook_no int;
  v_events jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_list_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'event_source', 'event_type', 'connector_code', 'webhook_id', 'status']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  select coalesce(jsonb_agg(hera_internal.event_json(x) order by x.id desc), '[]') into v_events
  from (
    select *
    from hera.events e
    where e.organization_id = p_organization_id and e.id < v_filter.cursor_id and e.id >= v_filter.after_id and e.id < v_filter.before_id
      and (v_filter.event_source is null or e.event_source = v_filter.event_source)
      and (v_filter.event_type is null or e.event_type = v_filter.event_type)
      and (v_filter.connector_code is null or e.connector_code = v_filter.connector_code)
      and (v_filter.status is null or e.status = v_filter.status)
      and (v_webhook_no is null or e.id in (
        select d.event_id
        from hera_internal.deliveries_between(p_organization_id, v_filter.after_id, least(v_filter.before_id, v_filter.cursor_id), v_webhook_no, null, null) d))
    order by e.id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('events', v_events, v_filter.max_rows);
end
$$;
revoke all on function public.hera_integration_event_list_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_integration_event_list_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_event_list_v1(uuid, uuid, jsonb) is
$doc$Events, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, event_source, event_type, connector_code,
webhook_id (events that went there), status}.
Answers {success, events: […], next_cursor}; pass next_cursor as cursor for the next page, null on the last.
Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found (a webhook).

select hera_integration_event_list_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"limit": 10}');$doc$;
