-- hera_internal.transaction_fault: what is wrong with a transaction and its lines, as {error, status, field, message}, or null:
-- the guardrails, the form of each field, the entities that it names, and the balance of its postings.
create or replace function hera_internal.transaction_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_fault jsonb;
  v_field text;
  v_message text;
  v_status int := 400;
  v_line record;
begin
  v_message := hera_internal.json_fault(p_transaction || jsonb_build_object('lines', p_lines), p_transaction::text || p_lines::text);
  if v_message is not null then
    v_status := case when v_message like 'is larger%' then 413 else 400 end;
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', v_status, 'field', 'transaction',
      'message', 'transaction ' || v_message);
  end if;
  v_fault := hera_internal.common_fault(p_organization_id, 'transaction', p_transaction);
  if v_fault is not null then
    return v_fault;
  end if;

  select f.field, f.message into v_field, v_message
  from (values
    ('transaction.transaction_type', case when p_transaction ->> 'transaction_type' is null then 'is required'
      else hera_internal.text_fault(p_transaction -> 'transaction_type', 64) end),
    ('transaction.transaction_code', hera_internal.text_fault(p_transaction -> 'transaction_code', 128)),
    ('transaction.transaction_status', hera_internal.text_fault(p_transaction -> 'transaction_status', 64)),
    ('transaction.reference_number', hera_internal.text_fault(p_transaction -> 'reference_number', 128)),
    ('transaction.transaction_date', case when p_transaction ->> 'transaction_date' is not null
      and hera_internal.transaction_date(p_transaction ->> 'transaction_date') is null then 'must be a date or time of ISO 8601' end),
    ('transaction.source_entity_id', hera_internal.uuid_fault(p_transaction -> 'source_entity_id')),
    ('transaction.target_entity_id', hera_internal.uuid_fault(p_transaction -> 'target_entity_id')),
    ('transaction.total_amount', hera_internal.amount_fault(p_transaction -> 'total_amount')),
    ('transaction.transaction_currency_code', hera_internal.currency_fault(p_transaction -> 'transaction_currency_code')),
    ('transaction.business_context', case when jsonb_typeof(p_transaction -> 'business_context') not in ('object', 'null')
      then 'must be a JSON object' end),
    ('transaction.metadata', case when jsonb_typeof(p_transaction -> 'metadata') not in ('object', 'null')
      then 'must be a JSON object' end),
    ('lines', case when jsonb_array_length(p_lines) > 5000 then 'has more than 5,000 lines' end)
  ) as f (field, message)
  where f.message is not null
  limit 1;
  if v_field is not null then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', v_field,
      'message', v_field || ' ' || v_message);
  end if;

  for v_line in select format('lines[%s]', e.ordinality - 1) as name, e.value from jsonb_array_elements(p_lines) with ordinality e
  loop
    v_fault := hera_internal.line_fault(p_organization_id, v_line.name, v_line.value);
    if v_fault is not null then
      return v_fault;
    end if;
  end loop;
  return coalesce(hera_internal.lines_fault(p_transaction, p_lines),
    hera_internal.references_fault(p_organization_id, p_transaction, p_lines));
end
$$;
comment on function hera_internal.transaction_fault(uuid, jsonb, jsonb) is 'The fault of a transaction with its lines, or null.';
