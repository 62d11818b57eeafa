-- hera_internal.keep_failed_items: keep the items of a request that no event could be made of as events with status failed and a reason. They go
-- to no webhook. The same item or body that comes again is the same failed event. What failed before, in this request, and does not any
-- more, is taken out: it is an event now. The tenant must be the organization.
create or replace function hera_internal.keep_failed_items(
  p_actor_user_id uuid, p_organization_id uuid, p_request hera.inbound_requests, p_items jsonb[])
returns void
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_hash constant text := encode(sha256(p_request.body), 'hex');
  v_kept uuid[] := array[]::uuid[];
  v_item jsonb;
  v_data jsonb;
  v_key text;
  v_id uuid;
begin
  foreach v_item in array p_items
  loop
    v_key := p_request.connector_code || ':failed:'
      || encode(sha256(convert_to(coalesce(v_item ->> 'idempotency_key', v_hash), 'UTF8')), 'hex');
    v_data := v_item -> 'event_data';
    -- What ingest can't hold stands in the request.
    if v_data is null or jsonb_typeof(v_data) not in ('object', 'array') or octet_length(v_data::text) > 1048576 then
      v_data := jsonb_build_object('inbound_request_id', p_request.id);
    end if;
    v_id := hera_internal.new_id(v_now);
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    values (p_organization_id, v_key, v_id, '\x00') on conflict do nothing;
    if found then
      insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, status_reason, event_source, event_type,
        smart_code, connector_code, idempotency_key, event_data, occurred_at, inbound_request_id)
      values (p_organization_id, v_id, v_now, p_actor_user_id, 0, 'failed', left(v_item ->> 'reason', 1000), p_request.connector_code,
        coalesce(v_item ->> 'event_type', 'unmapped'),
        coalesce(v_item ->> 'smart_code', hera_internal.smart_code_of(p_request.connector_code, coalesce(v_item ->> 'event_type', 'unmapped'))),
        p_request.connector_code, v_key, v_data::text::json, (v_item ->> 'occurred_at')::timestamptz, p_request.id);
    else
      select k.event_id into v_id from hera.idempotency_keys k where k.organization_id = p_organization_id and k.idempotency_key = v_key;
      update hera.events e set status_reason = left(v_item ->> 'reason', 1000)
      where e.organization_id = p_organization_id and e.id = v_id and e.status_reason is distinct from left(v_item ->> 'reason', 1000);
    end if;
    v_kept := v_kept || v_id;
  end loop;

  if p_request.rerun_at is not null then
    with gone as (
      delete from hera.events e
      where e.organization_id = p_organization_id and e.status = 'failed' and e.inbound_request_id = p_request.id and e.id <> all (v_kept)
        and e.id between hera_internal.id_floor(p_request.received_at) and hera_internal.id_floor(v_now + interval '1 second')
      returning e.idempotency_key
    )
    delete from hera.idempotency_keys k using gone g where k.organization_id = p_organization_id and k.idempotency_key = g.idempotency_key;
  end if;
end
$$;
comment on function hera_internal.keep_failed_items(uuid, uuid, hera.inbound_requests, jsonb[]) is 'Keeps what no event could be made of.';
