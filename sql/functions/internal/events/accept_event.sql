-- hera_internal.accept_event: take one event in: idempotency, the event, its deliveries. The one implementation behind the single
-- and the batch RPC, and the hot path of ingest: plain statements on single rows, each table touched once.
-- Answers {success: true, event_id, …} or {success: false, error, status, field, message}; then nothing was written.
-- Caller: RPCs that have authorized the actor.  Writes: idempotency_keys, events, outbox_ready, outbox_fifo_wait, dead_letters.
-- Locks: a key that another transaction is claiming is waited for. Two batches with the same keys in another order can deadlock;
-- PostgreSQL ends one with 40P01, and the host repeats it.
create or replace function hera_internal.accept_event(
  p_actor_user_id uuid, p_organization_id uuid,
  p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text,
  p_traceparent text default null)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_text constant text := p_data::text;
  v_topic constant text := p_source || '.' || p_type;
  v_now timestamptz;
  v_id uuid;
  v_smart_code text := p_smart_code;
  v_connector record;
  v_installation_id uuid;
  v_definition_id uuid;
  v_candidates text[];
  v_ready int[];
  v_fifo int[];
  v_disabled int[];
  v_deliveries int;
  v_fault jsonb := hera_internal.event_fault(p_source, p_type, p_data, v_text, p_connector_code, p_key, p_smart_code);
begin
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
  v_smart_code := coalesce(v_smart_code, hera_internal.smart_code_of(p_source, p_type));

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

  v_candidates := hera_internal.topic_candidates(v_topic);
  select array_agg(w.webhook_no) filter (where w.status = 'active' and w.ordering = 'none'),
    array_agg(w.webhook_no) filter (where w.status = 'active' and w.ordering = 'fifo'),
    array_agg(w.webhook_no) filter (where w.status = 'disabled')
  into v_ready, v_fifo, v_disabled
  from hera.webhooks w
  where w.organization_id = p_organization_id
    and w.status <> 'inactive'
    and w.topics && v_candidates
    and (w.connector_code is null or w.connector_code = p_connector_code)
    and (w.filter is null or jsonb_path_match(p_data, w.filter, '{}', true));
  v_deliveries := coalesce(cardinality(v_ready), 0) + coalesce(cardinality(v_fifo), 0);

  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent)
  values (p_organization_id, v_id, v_now, p_actor_user_id, v_installation_id, v_deliveries, 'processed', p_source, p_type, v_smart_code,
    p_connector_code, p_key, v_text::json, p_traceparent);

  if v_ready is not null then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_organization_id, hera_internal.delivery_id(v_id, webhook_no), 1, 0 from unnest(v_ready) webhook_no;
  end if;
  if v_fifo is not null or v_disabled is not null then
    perform hera_internal.enqueue_aside(p_organization_id, v_id, v_fifo, v_disabled, v_now);
  end if;

  return jsonb_build_object(
    'success', true, 'message', 'event accepted', 'event_id', v_id, 'smart_code', v_smart_code,
    'connector_id', coalesce(v_installation_id, v_definition_id), 'connector_installed', v_installation_id is not null,
    'transaction_id', null, 'duplicate', false, 'deliveries', v_deliveries);
end
$$;
comment on function hera_internal.accept_event(uuid, uuid, text, text, jsonb, text, text, text, text) is
  'Stores an event once and enqueues its deliveries; the answer or the fault.';
