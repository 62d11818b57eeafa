-- hera_internal.line_fault: what is wrong with one line of a transaction by itself, as {error, status, field, message}, or null.
-- A line whose smart code holds .GL. is a posting: it has a side and an amount that is not negative.
create or replace function hera_internal.line_fault(p_organization_id uuid, p_name text, p_line jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_gl boolean;
  v_fault jsonb;
  v_field text;
  v_message text;
begin
  if jsonb_typeof(p_line) <> 'object' then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', p_name,
      'message', p_name || ' must be a JSON object');
  end if;
  v_fault := hera_internal.common_fault(p_organization_id, p_name, p_line);
  if v_fault is not null then
    return v_fault;
  end if;
  v_gl := p_line ->> 'smart_code' like '%.GL.%';
  select f.field, f.message into v_field, v_message
  from (values
    ('line_number', case when p_line ->> 'line_number' !~ '^[1-9][0-9]{0,5}$' then 'must be a whole number from 1 to 999999' end),
    ('entity_id', hera_internal.uuid_fault(p_line -> 'entity_id')),
    ('line_type', hera_internal.text_fault(p_line -> 'line_type', 64)),
    ('description', hera_internal.text_fault(p_line -> 'description', 1000)),
    ('quantity', hera_internal.amount_fault(p_line -> 'quantity')),
    ('unit_amount', hera_internal.amount_fault(p_line -> 'unit_amount')),
    ('line_amount', hera_internal.amount_fault(p_line -> 'line_amount')),
    ('line_data', case when jsonb_typeof(p_line -> 'line_data') not in ('object', 'null') then 'must be a JSON object' end),
    ('line_data.currency', hera_internal.currency_fault(p_line #> '{line_data,currency}'))
  ) as f (field, message)
  where f.message is not null
  limit 1;
  if v_field is null and v_gl and hera_internal.line_amount(p_line) is null then
    v_field := 'line_amount';
    v_message := 'is required on a posting';
  end if;
  if v_field is not null then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', p_name || '.' || v_field,
      'message', format('%s.%s %s', p_name, v_field, v_message));
  elsif v_gl and coalesce(p_line #>> '{line_data,side}', '') not in ('DR', 'CR') then
    return jsonb_build_object('success', false, 'error', 'guardrail_violation:GL_SIDE_REQUIRED', 'status', 400,
      'field', p_name || '.line_data.side', 'message', p_name || '.line_data.side must be DR or CR, since the smart code holds .GL.');
  elsif v_gl and hera_internal.line_amount(p_line) < 0 then
    return jsonb_build_object('success', false, 'error', 'guardrail_violation:NEGATIVE_GL_AMOUNT', 'status', 400,
      'field', p_name || '.line_amount', 'message', p_name || '.line_amount is negative; post it to the other side');
  end if;
  return null;
end
$$;
comment on function hera_internal.line_fault(uuid, text, jsonb) is 'The fault of one line, or null.';
