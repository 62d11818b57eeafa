-- Inbound events and the webhooks that they go to.
--
-- An event is one narrow row; the views of public show it as an INTEGRATION_EVENT entity with its fields.
-- Event ids are UUIDv7 and partitions are ranges of ids, one a day: retention drops a partition, and a look-up
-- by id touches one.

create table hera.events (
  organization_id uuid not null,
  id uuid not null,
  created_at timestamptz not null,
  created_by uuid not null,
  installation_id uuid,
  transaction_id uuid,
  deliveries int not null,
  status text not null,
  event_source text not null,
  event_type text not null,
  smart_code text not null,
  connector_code text,
  idempotency_key text,
  event_data json not null,
  traceparent text,
  primary key (organization_id, id)
) partition by range (id);
comment on table hera.events is 'Accepted events. deliveries is the number of webhooks matched when the event came in.';
comment on column hera.events.event_data is 'As text: it is sent far more often than it is looked into, and printing a jsonb costs 4.5 µs a delivery.';
comment on column hera.events.traceparent is 'W3C Trace Context of the request that brought the event, where it had one.';
create index events_created on hera.events using brin (created_at) with (pages_per_range = 32, autosummarize = on);
create table hera.events_default partition of hera.events default;

create table hera.idempotency_keys (
  organization_id uuid not null,
  idempotency_key text not null,
  event_id uuid not null,
  content_hash bytea not null,
  primary key (organization_id, idempotency_key)
);
comment on table hera.idempotency_keys is 'The event that an idempotency key stands for, and a hash of its content. Not partitioned: a key is unique for ever.';

create table hera.webhooks (
  organization_id uuid not null,
  id uuid not null,
  webhook_no int not null check (webhook_no between 1 and 65535),
  status text not null check (status in ('active', 'inactive', 'disabled')),
  status_reason text,
  connector_code text,
  installation_id uuid,
  url text not null,
  topics text[] not null,
  filter jsonpath,
  transform jsonb,
  ordering text not null check (ordering in ('none', 'fifo')),
  timeout_ms int not null,
  rate_limit_per_second numeric,
  max_attempts int not null,
  backoff_factor numeric not null,
  initial_delay_ms bigint not null,
  max_delay_ms bigint not null,
  primary key (organization_id, id),
  unique (organization_id, webhook_no),
  foreign key (id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.webhooks is
  'What ingest and delivery read of a webhook: its webhook_config field, checked and typed. webhook_no is its number within the organization and part of each delivery id.';
