-- hera_internal.event_json: an event as the RPCs answer it.
create or replace function hera_internal.event_json(p_event hera.events)
returns jsonb
language sql
immutable
return jsonb_build_object(
  'id', p_event.id, 'created_at', p_event.created_at, 'created_by', p_event.created_by,
  'event_source', p_event.event_source, 'event_type', p_event.event_type,
  'topic', p_event.event_source || '.' || p_event.event_type, 'smart_code', p_event.smart_code, 'status', p_event.status,
  'connector_code', p_event.connector_code, 'installation_id', p_event.installation_id, 'transaction_id', p_event.transaction_id,
  'idempotency_key', p_event.idempotency_key, 'deliveries', p_event.deliveries, 'status_reason', p_event.status_reason,
  'occurred_at', p_event.occurred_at, 'inbound_request_id', p_event.inbound_request_id, 'event_data', p_event.event_data);
comment on function hera_internal.event_json(hera.events) is 'An event as JSON.';
