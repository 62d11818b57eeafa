-- hera_internal.common_fault: the guardrails that a transaction and each of its lines share: organization and smart code.
-- p_name is how errors name the row. Answers {success: false, error, status, field, message} or null.
create or replace function hera_internal.common_fault(p_organization_id uuid, p_name text, p_row jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_field text := p_name || '.smart_code';
  v_reason text;
  v_message text;
begin
  -- However deep: what is posted for one organization may not speak of another.
  if exists (
    select from jsonb_path_query(p_row, '$.**.organization_id') o
    where o <> 'null' and lower(o #>> '{}') <> p_organization_id::text) then
    v_reason := 'ORG_FILTER_MISMATCH';
    v_field := p_name || '.organization_id';
    v_message := 'differs from the organization of the call';
  elsif coalesce(p_row ->> 'smart_code', '') = '' then
    v_reason := 'SMARTCODE_MISSING';
    v_message := 'is required';
  elsif jsonb_typeof(p_row -> 'smart_code') <> 'string' or not hera_internal.smart_code_ok(p_row ->> 'smart_code') then
    v_reason := 'SMARTCODE_REGEX_FAIL';
    v_message := 'must be HERA., 2 to 9 segments of A-Z 0-9 _, and a version, as in HERA.FINANCE.GL.JOURNAL.v1';
  else
    return null;
  end if;
  return jsonb_build_object('success', false, 'error', 'guardrail_violation:' || v_reason, 'status', 400, 'field', v_field,
    'message', v_field || ' ' || v_message);
end
$$;
comment on function hera_internal.common_fault(uuid, text, jsonb) is
  'ORG_FILTER_MISMATCH, SMARTCODE_MISSING or SMARTCODE_REGEX_FAIL of a row.';
