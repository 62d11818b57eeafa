-- hera_internal.event_fault: what is wrong with one inbound event, as {error, status, field, message}, or null.
-- hera_internal.event_plain tells sooner of nearly every event that nothing is.
create or replace function hera_internal.event_fault(
  p_source text, p_type text, p_data jsonb, p_data_text text, p_connector_code text, p_key text, p_smart_code text)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_name constant text := '^[A-Za-z0-9][A-Za-z0-9_.:/-]*$';
  v_field text;
  v_fault text;
  v_error text := 'event.invalid';
  v_status int := 400;
begin
  if p_source is null or length(p_source) > 128 or p_source !~ v_name then
    v_field := 'event_source';
    v_fault := 'is required: 1 to 128 letters, digits or _ . : / -, starting with a letter or digit';
  elsif p_type is null or length(p_type) > 128 or p_type !~ v_name then
    v_field := 'event_type';
    v_fault := 'is required: 1 to 128 letters, digits or _ . : / -, starting with a letter or digit';
  elsif p_data is null or jsonb_typeof(p_data) not in ('object', 'array') then
    v_field := 'event_data';
    v_fault := 'must be a JSON object or array';
  elsif p_key is not null and (p_key = '' or length(p_key) > 255) then
    v_field := 'idempotency_key';
    v_fault := 'must have 1 to 255 characters';
  elsif p_connector_code is not null and (p_connector_code = '' or length(p_connector_code) > 128) then
    v_field := 'connector_code';
    v_fault := 'must have 1 to 128 characters';
  elsif p_smart_code is not null and not hera_internal.smart_code_ok(p_smart_code) then
    v_field := 'smart_code';
    v_error := 'guardrail_violation:SMARTCODE_REGEX_FAIL';
    v_fault := 'must be HERA., 2 to 9 segments of A-Z 0-9 _, and a version, as in HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1';
  else
    v_fault := hera_internal.json_fault(p_data, p_data_text);
    if v_fault is null then
      return null;
    end if;
    v_field := 'event_data';
    v_status := case when v_fault like 'is larger%' then 413 else 400 end;
  end if;
  return jsonb_build_object('success', false, 'error', v_error, 'status', v_status, 'field', v_field,
    'message', v_field || ' ' || v_fault);
end
$$;
comment on function hera_internal.event_fault(text, text, jsonb, text, text, text, text) is 'The fault of an event, or null.';
