-- hera_internal.transaction_json: a transaction as the RPCs answer it.
create or replace function hera_internal.transaction_json(p_transaction hera.universal_transactions)
returns jsonb
language sql
immutable
return to_jsonb(p_transaction) - array['organization_id', 'content_hash'];
comment on function hera_internal.transaction_json(hera.universal_transactions) is 'A transaction as JSON.';
