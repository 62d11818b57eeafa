-- hera_inbound_requests_v1: the authentic requests of providers as they came, newest first.
-- Caller: API, DBA.  Errors: PT400 operation.unknown, filter.unknown, filter.invalid; PT403; PT404 not_found.
create or replace function public.hera_inbound_requests_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'LIST', p_filter jsonb default '{}', p_request_id uuid default null)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_filter record;
  v_row hera.inbound_requests;
  v_rows jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_inbound_requests_v1', p_operation);
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'connector_code', 'status']);
  if p_operation = 'LIST' then
    select coalesce(jsonb_agg(hera_internal.request_json(x) order by x.id desc), '[]') into v_rows
    from (
      select *
      from hera.inbound_requests r
      where r.organization_id = p_organization_id and r.id < v_filter.cursor_id and r.id >= v_filter.after_id and r.id < v_filter.before_id
        and (v_filter.connector_code is null or r.connector_code = v_filter.connector_code)
        and (v_filter.status is null or r.status = v_filter.status)
      order by r.id desc
      limit v_filter.max_rows) x;
    return hera_internal.list_answer('requests', v_rows, v_filter.max_rows);
  end if;

  select * into v_row from hera.inbound_requests r where r.organization_id = p_organization_id and r.id = p_request_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such request.', 'LIST shows the requests that are kept.');
  end if;
  return jsonb_build_object('success', true, 'request', hera_internal.request_json(v_row) || jsonb_build_object(
    'headers', v_row.headers, 'body', hera_internal.text_or_null(v_row.body),
    'body_base64', replace(encode(v_row.body, 'base64'), e'\n', ''),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'event_type', e.event_type, 'status', e.status, 'status_reason', e.status_reason)
        order by e.id), '[]')
      from hera.events e
      where e.organization_id = p_organization_id and e.inbound_request_id = v_row.id
        and e.id between hera_internal.id_floor(v_row.received_at)
          and hera_internal.id_floor(greatest(v_row.received_at, v_row.rerun_at) + interval '1 minute'))));
end
$$;
revoke all on function public.hera_inbound_requests_v1(uuid, uuid, text, jsonb, uuid) from public;
grant execute on function public.hera_inbound_requests_v1(uuid, uuid, text, jsonb, uuid) to hera_api, hera_dba;
comment on function public.hera_inbound_requests_v1(uuid, uuid, text, jsonb, uuid) is
$doc$Requests of providers, as they came: those whose signature was valid. Secrets in headers and address are masked. A request that held items of
several organizations is the platform's.

LIST: p_filter: {limit (1 to 1000, default 50), cursor, since, until, connector_code, status (processed, failed, ignored)}.
GET: p_request_id.
Answers {success, requests: [{id, received_at, connector_code, installation_id (of its address), method, uri, bytes, status, status_reason,
accepted, duplicates, failed, rerun_at}], next_cursor}, or {success, request: {…, headers, body (text, or null where it is none), body_base64,
events: [{id, event_type, status, status_reason}]}}. status failed: of something in it no event could be made; hera_inbound_rerun_v1 tries again.
Errors: PT400 operation.unknown, filter.unknown or filter.invalid, PT403, PT404 not_found.

select hera_inbound_requests_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', 'LIST', '{"status": "failed"}');$doc$;
