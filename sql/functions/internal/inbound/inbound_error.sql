-- hera_internal.inbound_error: the answer to a request that is refused. The host puts it into the form of every error.
create or replace function hera_internal.inbound_error(p_status int, p_error text, p_message text, p_log jsonb)
returns jsonb
language sql
immutable
return jsonb_build_object('status', p_status, 'headers', jsonb '{}', 'body', null,
  'error', jsonb_build_object('code', p_error, 'message', p_message), 'log', p_log);
comment on function hera_internal.inbound_error(int, text, text, jsonb) is 'A refusal of an inbound request.';
