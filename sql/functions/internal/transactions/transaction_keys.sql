-- hera_internal.transaction_keys: what a caller may say of a transaction.
create or replace function hera_internal.transaction_keys()
returns text[]
language sql
immutable
return array['organization_id', 'transaction_type', 'transaction_code', 'transaction_date', 'source_entity_id', 'target_entity_id',
  'total_amount', 'transaction_status', 'reference_number', 'smart_code', 'transaction_currency_code', 'business_context', 'metadata'];
comment on function hera_internal.transaction_keys() is 'The keys of a transaction.';
