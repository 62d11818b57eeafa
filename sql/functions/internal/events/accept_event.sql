-- hera_internal.accept_event: take one event in: idempotency, the event, its deliveries. The one implementation behind the single
-- and the batch RPC, and the hot path of ingest: plain statements on single rows, each table touched once.
-- Answers {success: true, event_id, …} or {success: false, error, status, field, message}; then nothing was written.
-- Caller: RPCs that have authorized the actor.  Writes: idempotency_keys, events, outbox_ready, outbox_fifo_wait, dead_letters.
-- Locks: a key that another transaction is claiming is waited for. Two batches with the same keys in another order can deadlock;
-- PostgreSQL ends one with 40P01, and the host repeats it.
--
-- What an event costs is the operators and functions that PostgreSQL makes ready anew in each transaction (half a microsecond each),
-- far more than the rows: so the webhooks come as one array without aggregates, and to_json spares a parse of what jsonb has printed.
create or replace function hera_internal.accept_event(
  p_actor_user_id uuid, p_organization_id uuid,
  p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text,
  p_traceparent text default null)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_json constant json := to_json(p_data);
  v_text constant text := v_json::text;
  v_now timestamptz;
  v_id uuid;
  v_smart_code text := p_smart_code;
  v_connector record;
  v_installation_id uuid;
  v_definition_id uuid;
  -- Numbers of webhooks, those of fifo webhooks raised by 65536 and those of disabled ones by 131072.
  v_matched int[];
  v_ready int[];
  v_fifo int[];
  v_deliveries int;
  v_answer jsonb;
  v_fault jsonb;
begin
  if hera_internal.event_plain(p_source, p_type, p_data, v_text, p_connector_code, p_key, p_smart_code) is not true then
    v_fault := hera_internal.event_fault(p_source, p_type, p_data, v_text, p_connector_code, p_key, p_smart_code);
  end if;
  if v_fault is null and p_connector_code is not null then
    v_connector := hera_internal.event_connector(p_organization_id, p_connector_code);
    v_fault := v_connector.fault;
    v_installation_id := v_connector.installation_id;
    v_definition_id := v_connector.definition_id;
    v_smart_code := coalesce(v_smart_code, v_connector.smart_codes ->> p_type);
  end if;
  if v_fault is not null then
    return v_fault;
  end if;
  v_now := hera_internal.now();
  v_id := hera_internal.new_id(v_now);
  v_smart_code := coalesce(v_smart_code, hera_internal.event_smart_code(p_source, p_type));

  if p_key is not null then
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    values (p_organization_id, p_key, v_id, hera_internal.content_hash(p_source, p_type, p_connector_code, v_text))
    on conflict do nothing;
    if not found then
      return hera_internal.repeated_event(
        p_organization_id, p_key, hera_internal.content_hash(p_source, p_type, p_connector_code, v_text),
        p_source, p_type, p_connector_code, p_data);
    end if;
  end if;

  v_matched := array(
    select w.webhook_no + case when w.status = 'disabled' then 131072 when w.ordering = 'fifo' then 65536 else 0 end
    from hera.webhooks w
    where w.organization_id = p_organization_id
      and w.status <> 'inactive'
      and hera_internal.topic_matches(p_source || '.' || p_type, w.topic_starts)
      and (w.connector_code is null or w.connector_code = p_connector_code)
      and (w.filter is null or jsonb_path_match(p_data, w.filter, '{}', true)));
  v_ready := v_matched;
  v_deliveries := cardinality(v_matched);
  if 65535 < any (v_matched) then
    v_ready := array(select n from unnest(v_matched) n where n <= 65535);
    v_fifo := array(select n - 65536 from unnest(v_matched) n where n between 65536 and 131071);
    v_deliveries := cardinality(v_ready) + cardinality(v_fifo);
    perform hera_internal.enqueue_aside(p_organization_id, v_id, v_fifo,
      array(select n - 131072 from unnest(v_matched) n where n >= 131072), v_now);
  end if;

  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent)
  values (p_organization_id, v_id, v_now, p_actor_user_id, v_installation_id, v_deliveries, 'processed', p_source, p_type, v_smart_code,
    p_connector_code, p_key, v_json, p_traceparent);

  if v_deliveries > 0 then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_organization_id, hera_internal.delivery_id(v_id, webhook_no), 1, 0 from unnest(v_ready) webhook_no;
  end if;
  v_answer := jsonb '{"success": true, "message": "event accepted", "connector_id": null, "connector_installed": false,
    "transaction_id": null, "duplicate": false}'
    || jsonb_build_object('event_id', v_id, 'smart_code', v_smart_code, 'deliveries', v_deliveries);
  if p_connector_code is not null then
    v_answer := v_answer || jsonb_build_object(
      'connector_id', coalesce(v_installation_id, v_definition_id), 'connector_installed', v_installation_id is not null);
  end if;
  return v_answer;
end
$$;
comment on function hera_internal.accept_event(uuid, uuid, text, text, jsonb, text, text, text, text) is
  'Stores an event once and enqueues its deliveries; the answer or the fault.';
