-- hera_internal.repeated_transaction: the answer for an idempotency key that is taken.
-- Same content: the first transaction, nothing written. Errors: PT422 idempotency.mismatch.
create or replace function hera_internal.repeated_transaction(p_organization_id uuid, p_key text, p_hash bytea)
returns jsonb
language plpgsql
as $$
declare
  v_transaction hera.universal_transactions;
begin
  select * into v_transaction
  from hera.universal_transactions t
  where t.organization_id = p_organization_id and t.idempotency_key = p_key;
  if v_transaction.content_hash <> p_hash then
    perform hera_internal.fail(422, 'idempotency.mismatch', 'idempotency_key stands for a transaction with other content',
      'Choose a new key for a new transaction.');
  end if;
  return hera_internal.posted_answer(v_transaction, true);
end
$$;
comment on function hera_internal.repeated_transaction(uuid, text, bytea) is 'The answer for a repeated idempotency key.';
