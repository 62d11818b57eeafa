-- What a transaction needs beyond the universal columns; the view of public does not show it.
alter table hera.universal_transactions
  -- The event that it came in with, or was published as.
  add column event_id uuid,
  add column idempotency_key text,
  add column content_hash bytea;
-- Keys of transactions are their own: an event may use the same one.
create unique index universal_transactions_idempotency_key
  on hera.universal_transactions (organization_id, idempotency_key) where idempotency_key is not null;
create index universal_transaction_lines_entity
  on hera.universal_transaction_lines (organization_id, entity_id) where entity_id is not null;
