-- public.universal_transaction_lines: read-only.
create or replace view public.universal_transaction_lines as
select
  id, organization_id, transaction_id, line_number, entity_id, line_type, description, quantity, unit_amount,
  line_amount, smart_code, line_data, created_at, updated_at, created_by, updated_by, version
from hera.universal_transaction_lines;
grant select on public.universal_transaction_lines to hera_dba, hera_reader;
comment on view public.universal_transaction_lines is 'Lines of business transactions.';
