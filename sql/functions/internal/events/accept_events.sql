-- hera_internal.accept_events: accept_event for many events at once: checked one by one, written with one statement a table, which
-- takes a third of the time. The rules are the same helpers; tests/sql/hera_integration_event_batch_v1/like_single.sql holds the two
-- against each other.
-- p_items: an array of {event_source, event_type, event_data, connector_code, idempotency_key, smart_code}, checked in shape; of a
-- provider's request also {occurred_at, inbound_request_id}. An item whose place in p_faults is filled is passed over. Answers one {success: true, event_id, …} or fault an item, in order.
-- Locks: keys are claimed in sorted order, so that two batches can't deadlock.
create or replace function hera_internal.accept_events(
  p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text default null)
returns jsonb[]
language plpgsql
volatile
as $$
declare
  v_answers jsonb[] := p_faults;
  v_events hera.events[];
  v_hashes bytea[];
  v_definitions uuid[];
  v_event hera.events;
  v_connector record;
  v_connector_code text;
  v_data jsonb;
  v_text text;
  v_fault jsonb;
  v_claimed uuid[];
  v_places int[];
  v_counts int[];
begin
  for i in 1 .. cardinality(p_items)
  loop
    v_event := null;
    v_hashes[i] := null;
    v_definitions[i] := null;
    if v_answers[i] is null then
      v_event.event_source := p_items[i] ->> 'event_source';
      v_event.event_type := p_items[i] ->> 'event_type';
      v_event.traceparent := p_traceparent;
      v_event.connector_code := p_items[i] ->> 'connector_code';
      v_event.idempotency_key := p_items[i] ->> 'idempotency_key';
      v_event.smart_code := p_items[i] ->> 'smart_code';
      v_event.occurred_at := (p_items[i] ->> 'occurred_at')::timestamptz;
      v_event.inbound_request_id := (p_items[i] ->> 'inbound_request_id')::uuid;
      v_data := coalesce(p_items[i] -> 'event_data', '{}');
      v_text := v_data::text;
      v_event.event_data := v_text::json;
      v_fault := null;
      if hera_internal.event_plain(v_event.event_source, v_event.event_type, v_data, v_text,
        v_event.connector_code, v_event.idempotency_key, v_event.smart_code) is not true then
        v_fault := hera_internal.event_fault(v_event.event_source, v_event.event_type, v_data, v_text,
          v_event.connector_code, v_event.idempotency_key, v_event.smart_code);
      end if;
      if v_fault is null and v_event.connector_code is not null then
        if v_connector_code is distinct from v_event.connector_code then
          v_connector_code := v_event.connector_code;
          v_connector := hera_internal.event_connector(p_organization_id, v_connector_code);
        end if;
        v_fault := v_connector.fault;
        v_event.installation_id := v_connector.installation_id;
        v_event.smart_code := coalesce(v_event.smart_code, v_connector.smart_codes ->> v_event.event_type);
        v_definitions[i] := v_connector.definition_id;
      end if;
      v_answers[i] := v_fault;
      if v_fault is null then
        v_event.created_at := hera_internal.now();
        v_event.id := hera_internal.new_id(v_event.created_at);
        v_event.smart_code := coalesce(v_event.smart_code, hera_internal.event_smart_code(v_event.event_source, v_event.event_type));
        if v_event.idempotency_key is not null then
          v_hashes[i] := hera_internal.content_hash(v_event.event_source, v_event.event_type, v_event.connector_code, v_text);
        end if;
      end if;
    end if;
    v_events[i] := v_event;
  end loop;

  with claimed as (
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    select p_organization_id, e.idempotency_key, e.id, h.hash
    from unnest(v_events) with ordinality as e
    join unnest(v_hashes) with ordinality as h (hash, nth) on h.nth = e.ordinality
    where h.hash is not null
    order by e.idempotency_key, e.ordinality
    on conflict do nothing
    returning event_id
  )
  select array_agg(event_id) into v_claimed from claimed;

  -- What is stored: no fault, and no key or the key's first event.
  select array_agg(e.ordinality order by e.ordinality) into v_places
  from unnest(v_events) with ordinality as e
  where v_answers[e.ordinality] is null and (e.idempotency_key is null or e.id = any (v_claimed));
  v_counts := hera_internal.store_events(p_actor_user_id, p_organization_id, v_events, v_places);

  for i in 1 .. cardinality(p_items)
  loop
    if v_answers[i] is null then
      v_event := v_events[i];
      v_answers[i] := case
        when v_counts[i] is null then hera_internal.repeated_event(p_organization_id, v_event.idempotency_key, v_hashes[i],
          v_event.event_source, v_event.event_type, v_event.connector_code, v_event.event_data::jsonb)
        else jsonb_build_object(
          'success', true, 'message', 'event accepted', 'event_id', v_event.id, 'smart_code', v_event.smart_code,
          'connector_id', coalesce(v_event.installation_id, v_definitions[i]), 'connector_installed', v_event.installation_id is not null,
          'transaction_id', null, 'duplicate', false, 'deliveries', v_counts[i]) end;
    end if;
  end loop;
  return v_answers;
end
$$;
comment on function hera_internal.accept_events(uuid, uuid, jsonb[], jsonb[], text) is 'Stores many events once and enqueues their deliveries.';
