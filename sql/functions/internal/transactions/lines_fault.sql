-- hera_internal.lines_fault: what is wrong with the lines of a transaction taken together, as {error, status, field, message}, or null:
-- a line number twice, a total that can't be computed, or postings whose debits and credits differ in a currency
-- (line_data.currency, else the transaction's) by a cent.
create or replace function hera_internal.lines_fault(p_transaction jsonb, p_lines jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_number bigint;
  v_balance record;
begin
  select coalesce((e.value ->> 'line_number')::bigint, e.ordinality) into v_number
  from jsonb_array_elements(p_lines) with ordinality e
  group by 1
  having count(*) > 1
  limit 1;
  if v_number is not null then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', 'lines.line_number',
      'message', format('lines.line_number %s stands twice; a line without one is numbered by its place', v_number));
  end if;

  if p_transaction ->> 'total_amount' is null and p_transaction ->> 'transaction_currency_code' is null
    and (select count(distinct coalesce(l #>> '{line_data,currency}', '')) from jsonb_array_elements(p_lines) l) > 1 then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400,
      'field', 'transaction.transaction_currency_code',
      'message', 'transaction.transaction_currency_code or total_amount is required, since the lines have several currencies');
  end if;

  select b.currency, b.debit, b.credit into v_balance
  from (
    select coalesce(l #>> '{line_data,currency}', p_transaction ->> 'transaction_currency_code') as currency,
      coalesce(sum(hera_internal.line_amount(l)) filter (where l #>> '{line_data,side}' = 'DR'), 0) as debit,
      coalesce(sum(hera_internal.line_amount(l)) filter (where l #>> '{line_data,side}' = 'CR'), 0) as credit
    from jsonb_array_elements(p_lines) l
    where l ->> 'smart_code' like '%.GL.%'
    group by 1) b
  where round(b.debit - b.credit, 2) <> 0
  limit 1;
  if found then
    return jsonb_build_object('success', false, 'error', 'guardrail_violation:GL_NOT_BALANCED', 'status', 400, 'field', 'lines',
      'message', format('lines: debits %s, credits %s%s', v_balance.debit, v_balance.credit, coalesce(' ' || v_balance.currency, '')));
  end if;
  return null;
end
$$;
comment on function hera_internal.lines_fault(jsonb, jsonb) is 'Repeated line numbers and GL_NOT_BALANCED.';
