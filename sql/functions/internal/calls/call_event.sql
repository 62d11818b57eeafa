-- hera_internal.call_event: take in the event that tells what became of a call. It must be told whatever the provider answered and whatever has
-- become of the installation: without the connector, and in the end without the result, where these can't be taken in.
create or replace function hera_internal.call_event(p_call hera.events, p_type text, p_data jsonb)
returns void
language plpgsql
volatile
as $$
declare
  v_answer jsonb;
begin
  v_answer := hera_internal.accept_event(p_call.created_by, p_call.organization_id, p_call.event_source, p_type, p_data,
    p_call.connector_code, null, null, p_call.traceparent);
  if v_answer ? 'error' then
    v_answer := hera_internal.accept_event(p_call.created_by, p_call.organization_id, p_call.event_source, p_type, p_data,
      null, null, null, p_call.traceparent);
  end if;
  if v_answer ? 'error' then
    v_answer := hera_internal.accept_event(p_call.created_by, p_call.organization_id, p_call.event_source, left(p_type, 128),
      (p_data - 'result') || '{"result_left_out": true}', null, null, null, p_call.traceparent);
  end if;
end
$$;
comment on function hera_internal.call_event(hera.events, text, jsonb) is 'Takes in the event that tells of a call''s end.';
