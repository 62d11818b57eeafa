-- The outbox. A delivery (one event to one webhook) stands in exactly one place, and the place is its status:
--   outbox_ready      pending     narrow, never updated, claimed in order of position
--   outbox_fifo_wait  pending     behind another delivery of the same fifo webhook
--   outbox_scheduled  failed      a retry that is due later (or pending, when a rate limit put it off)
--   outbox_leases     in_flight   one row a claimed batch
--   attempts          delivered   the last attempt has a 2xx status code
--   dead_letters      dlq, cancelled, disabled, blocked
-- Claiming deletes and inserts rows and updates none, so a session that holds an old snapshot costs nothing but space.

create table hera.outbox_ready (
  position bigint generated always as identity primary key,
  organization_id uuid not null,
  delivery_id uuid not null,
  attempt smallint not null,
  base_attempt smallint not null
);
comment on table hera.outbox_ready is
  'Deliveries that may be sent now. attempt is the number of the attempt to come; base_attempt how many came before the last replay.';

create table hera.outbox_scheduled (
  organization_id uuid not null,
  delivery_id uuid not null,
  attempt smallint not null,
  base_attempt smallint not null,
  due_at timestamptz not null,
  primary key (organization_id, delivery_id)
);
comment on table hera.outbox_scheduled is 'Deliveries to be sent later.';
create index outbox_scheduled_due on hera.outbox_scheduled (due_at);

create table hera.outbox_leases (
  id bigint generated always as identity primary key,
  worker text not null,
  leased_at timestamptz not null,
  leased_until timestamptz not null,
  organization_ids uuid[] not null,
  delivery_ids uuid[] not null,
  attempts smallint[] not null,
  base_attempts smallint[] not null
) with (toast_tuple_target = 8160);
comment on table hera.outbox_leases is 'Batches that a worker holds. The id is the fence: a report for a lease that is gone changes nothing.';
alter table hera.outbox_leases
  alter column organization_ids set storage external,
  alter column delivery_ids set storage external,
  alter column attempts set storage external,
  alter column base_attempts set storage external;

create table hera.attempts (
  started_at timestamptz not null,
  organization_id uuid not null,
  delivery_id uuid not null,
  duration_ms int not null,
  status_code smallint,
  attempt smallint not null,
  error text,
  response_body text
) partition by range (started_at);
comment on table hera.attempts is
  'Each finished attempt; error is a machine code where no answer came. The views of public show a row as a WEBHOOK_DELIVERY_LOG entity.';
create index attempts_delivery on hera.attempts (delivery_id);
create table hera.attempts_default partition of hera.attempts default;

create table hera.dead_letters (
  organization_id uuid not null,
  delivery_id uuid not null,
  status text not null check (status in ('dlq', 'cancelled', 'disabled', 'blocked')),
  reason text not null,
  attempts smallint not null,
  last_status_code smallint,
  last_error text,
  created_at timestamptz not null,
  primary key (organization_id, delivery_id)
);
comment on table hera.dead_letters is 'Deliveries that will not be sent unless they are replayed, and why.';

create table hera.outbox_fifo_wait (
  organization_id uuid not null,
  webhook_no int not null,
  position bigint generated always as identity,
  delivery_id uuid not null,
  base_attempt smallint not null,
  primary key (organization_id, webhook_no, position)
);
comment on table hera.outbox_fifo_wait is 'The line of a fifo webhook. Its head moves to outbox_ready when the delivery before it is settled.';

create table hera.outbox_fifo_lane (
  organization_id uuid not null,
  webhook_no int not null,
  delivery_id uuid not null,
  primary key (organization_id, webhook_no)
);
comment on table hera.outbox_fifo_lane is 'The one delivery of a fifo webhook that is ready, in flight or scheduled.';

create table hera.outbox_rate (
  organization_id uuid not null,
  webhook_no int not null,
  tokens numeric not null,
  refilled_at timestamptz not null,
  primary key (organization_id, webhook_no)
);
comment on table hera.outbox_rate is 'Token bucket of each webhook with a rate limit.';
