-- public.universal_transactions: read-only.
create or replace view public.universal_transactions as
select
  id, organization_id, transaction_type, transaction_code, transaction_date, source_entity_id, target_entity_id,
  total_amount, transaction_status, reference_number, smart_code, transaction_currency_code, business_context,
  metadata, created_at, updated_at, created_by, updated_by, version
from hera.universal_transactions;
grant select on public.universal_transactions to hera_dba, hera_reader;
comment on view public.universal_transactions is 'Business transactions.';
