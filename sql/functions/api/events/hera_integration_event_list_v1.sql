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
  v_max_rows int;
  v_events jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_list_v1', 'CALL');
  v_max_rows := (hera_internal.list_filter(p_filter,
    array['since', 'until', 'event_source', 'event_type', 'connector_code', 'webhook_id', 'status', 'search'])).max_rows;
  if p_filter ->> 'search' is not null then
    return hera_internal.search_events(p_organization_id, p_filter, v_max_rows);
  end if;
  select coalesce(jsonb_agg(hera_internal.event_json(e) order by e.id desc), '[]') into v_events
  from hera_internal.events_matching(p_organization_id, p_filter, v_max_rows) e;
  return hera_internal.list_answer('events', v_events, v_max_rows);
end
$$;
revoke all on function public.hera_integration_event_list_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_integration_event_list_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_event_list_v1(uuid, uuid, jsonb) is
$doc$Events, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, event_source, event_type, connector_code,
webhook_id (events that went there), status, search (a text of 1 to 200 characters in the payload, the idempotency key or the id, whatever its
case)}.
Answers {success, events: […], next_cursor}; pass next_cursor as cursor for the next page, null on the last. A search looks through at most
10,000 events a call and answers searched, how many those were: a page may hold fewer events than limit, or none, and still have a next one.
Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found (a webhook).

select hera_integration_event_list_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"limit": 10}');$doc$;
