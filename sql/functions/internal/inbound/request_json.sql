-- hera_internal.request_json: a kept request as RPCs answer it, without headers and body.
create or replace function hera_internal.request_json(p_request hera.inbound_requests)
returns jsonb
language sql
immutable
return jsonb_build_object(
  'id', p_request.id, 'received_at', p_request.received_at, 'connector_code', p_request.connector_code,
  'installation_id', p_request.installation_id, 'method', p_request.method, 'uri', p_request.uri, 'bytes', octet_length(p_request.body),
  'status', p_request.status, 'status_reason', p_request.status_reason, 'accepted', p_request.accepted, 'duplicates', p_request.duplicates,
  'failed', p_request.failed, 'rerun_at', p_request.rerun_at);
comment on function hera_internal.request_json(hera.inbound_requests) is 'An inbound request as JSON.';
