-- hera_internal.events_matching: the newest events of an organization that a list filter lets through, newest first.
-- p_filter is that of hera_integration_event_list_v1, whose search is not looked at here.
-- Errors: PT400 filter.unknown, filter.invalid; PT404 not_found (a webhook).
create or replace function hera_internal.events_matching(p_organization_id uuid, p_filter jsonb, p_limit int)
returns setof hera.events
language plpgsql
stable
as $$
declare
  v_filter record;
  v_webhook_no int;
begin
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'event_source', 'event_type', 'connector_code', 'webhook_id', 'status', 'search']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  return query
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
  limit p_limit;
end
$$;
comment on function hera_internal.events_matching(uuid, jsonb, int) is 'The newest events that a filter lets through.';
