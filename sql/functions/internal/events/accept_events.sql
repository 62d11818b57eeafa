-- hera_internal.accept_events: take events in, in one transaction: idempotency, the events, their deliveries.
-- The one implementation behind the single and the batch RPC. The arrays are parallel, one element an event.
-- Returns one answer an event: {success: true, event_id, …} or {success: false, error, status, field, message};
-- an event with a fault is left out and harms no other.
-- Caller: RPCs that have authorized the actor.  Writes: idempotency_keys, events, outbox_ready, outbox_fifo_wait, dead_letters.
-- Locks: a key that another transaction is inserting is waited for; keys are taken in sorted order, so batches can't deadlock.
create or replace function hera_internal.accept_events(
  p_actor_user_id uuid, p_organization_id uuid,
  p_sources text[], p_types text[], p_data jsonb[], p_connector_codes text[], p_keys text[], p_smart_codes text[])
returns jsonb[]
language plpgsql
as $$
declare
  v_count constant int := cardinality(p_sources);
  -- Filled from the start, since an array that is first assigned at 3 would begin there.
  v_answers jsonb[] := array_fill(null::jsonb, array[v_count]);
  v_ids uuid[] := array_fill(null::uuid, array[v_count]);
  v_times timestamptz[] := array_fill(null::timestamptz, array[v_count]);
  v_hashes bytea[] := array_fill(null::bytea, array[v_count]);
  v_topics text[] := array_fill(null::text, array[v_count]);
  v_installations uuid[] := array_fill(null::uuid, array[v_count]);
  v_definitions uuid[] := array_fill(null::uuid, array[v_count]);
  v_deliveries int[] := array_fill(0, array[v_count]);
  v_smart_codes text[] := p_smart_codes;
  v_keyed int := 0;
  v_claimed uuid[];
  v_match_index int[];
  v_match_webhook int[];
  v_match_kind text[];
  v_connector record;
  v_connector_code text;
  v_text text;
  v_fault jsonb;
begin
  for i in 1 .. v_count
  loop
    v_text := p_data[i]::text;
    v_fault := hera_internal.event_fault(
      p_sources[i], p_types[i], p_data[i], v_text, p_connector_codes[i], p_keys[i], p_smart_codes[i]);
    if v_fault is null and p_connector_codes[i] is not null then
      if v_connector_code is distinct from p_connector_codes[i] then
        v_connector_code := p_connector_codes[i];
        v_connector := hera_internal.event_connector(p_organization_id, v_connector_code);
      end if;
      v_fault := v_connector.fault;
      v_installations[i] := v_connector.installation_id;
      v_definitions[i] := v_connector.definition_id;
      v_smart_codes[i] := coalesce(v_smart_codes[i], v_connector.smart_codes ->> p_types[i]);
    end if;
    v_answers[i] := v_fault;
    continue when v_fault is not null;

    v_times[i] := hera_internal.now();
    v_ids[i] := hera_internal.new_id(v_times[i]);
    v_topics[i] := p_sources[i] || '.' || p_types[i];
    v_smart_codes[i] := coalesce(v_smart_codes[i], hera_internal.smart_code_of(p_sources[i], p_types[i]));
    if p_keys[i] is not null then
      v_keyed := v_keyed + 1;
      v_hashes[i] := hera_internal.content_hash(p_sources[i], p_types[i], p_connector_codes[i], v_text);
    end if;
  end loop;

  if v_keyed > 0 then
    with claimed as (
      insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
      select p_organization_id, k.key, k.id, k.hash
      from unnest(p_keys, v_ids, v_hashes) with ordinality as k (key, id, hash, i)
      where k.hash is not null
      order by k.key, k.i
      on conflict do nothing
      returning event_id
    )
    select array_agg(event_id) into v_claimed from claimed;
    if coalesce(cardinality(v_claimed), 0) < v_keyed then
      for i in 1 .. v_count
      loop
        if v_hashes[i] is not null and v_ids[i] <> all (coalesce(v_claimed, '{}')) then
          v_ids[i] := null;
        end if;
      end loop;
    end if;
  end if;

  select array_agg(x.i), array_agg(w.webhook_no),
    array_agg(case when w.status = 'disabled' then 'disabled' else w.ordering end)
  into v_match_index, v_match_webhook, v_match_kind
  from unnest(v_ids, v_topics, p_data, p_connector_codes) with ordinality as x (id, topic, data, connector_code, i)
  cross join lateral (select hera_internal.topic_candidates(x.topic) as candidates offset 0) t
  join hera.webhooks w
    on w.organization_id = p_organization_id
    and w.status <> 'inactive'
    and w.topics && t.candidates
    and (w.connector_code is null or w.connector_code = x.connector_code)
    and (w.filter is null or jsonb_path_match(x.data, w.filter, '{}', true))
  where x.id is not null;

  for m in 1 .. coalesce(cardinality(v_match_index), 0)
  loop
    if v_match_kind[m] <> 'disabled' then
      v_deliveries[v_match_index[m]] := v_deliveries[v_match_index[m]] + 1;
    end if;
  end loop;

  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status,
    event_source, event_type, smart_code, connector_code, idempotency_key, event_data)
  select p_organization_id, x.id, x.created_at, p_actor_user_id, x.installation_id, x.deliveries, 'processed',
    x.source, x.type, x.smart_code, x.connector_code, x.key, x.data
  from unnest(v_ids, v_times, v_installations, v_deliveries, p_sources, p_types, v_smart_codes, p_connector_codes, p_keys, p_data)
    as x (id, created_at, installation_id, deliveries, source, type, smart_code, connector_code, key, data)
  where x.id is not null;

  if v_match_index is not null then
    perform hera_internal.enqueue(p_organization_id, v_ids, v_match_index, v_match_webhook, v_match_kind);
  end if;

  for i in 1 .. v_count
  loop
    if v_answers[i] is null and v_ids[i] is null then
      v_answers[i] := hera_internal.repeated_event(p_organization_id, p_keys[i], v_hashes[i]);
    elsif v_answers[i] is null then
      v_answers[i] := jsonb_build_object(
        'success', true, 'message', 'event accepted', 'event_id', v_ids[i], 'smart_code', v_smart_codes[i],
        'connector_id', coalesce(v_installations[i], v_definitions[i]), 'connector_installed', v_installations[i] is not null,
        'transaction_id', null, 'duplicate', false, 'deliveries', v_deliveries[i]);
    end if;
  end loop;
  return v_answers;
end
$$;
comment on function hera_internal.accept_events(uuid, uuid, text[], text[], jsonb[], text[], text[], text[]) is
  'Stores events once and enqueues their deliveries. Parallel arrays; one answer an event.';
