-- hera_internal.posted_answer: the answer for a transaction that was posted, now or before.
create or replace function hera_internal.posted_answer(p_transaction hera.universal_transactions, p_duplicate boolean)
returns jsonb
language plpgsql
stable
as $$
begin
  return jsonb_build_object(
    'success', true, 'message', case when p_duplicate then 'transaction already posted' else 'transaction posted' end,
    'transaction_id', p_transaction.id, 'transaction_code', p_transaction.transaction_code, 'smart_code', p_transaction.smart_code,
    'total_amount', p_transaction.total_amount, 'event_id', p_transaction.event_id, 'duplicate', p_duplicate,
    'lines', (
      select count(*) from hera.universal_transaction_lines l
      where l.organization_id = p_transaction.organization_id and l.transaction_id = p_transaction.id));
end
$$;
comment on function hera_internal.posted_answer(hera.universal_transactions, boolean) is
  '{success, message, transaction_id, transaction_code, smart_code, total_amount, event_id, duplicate, lines}';
