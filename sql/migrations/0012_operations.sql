-- What keeps a running system in order: the hash chain of the audit trail, replays, and retention.

-- Rows of audit_log never change, so what is sealed is told by the seals and what is not yet by this table.
create table hera.audit_pending (
  organization_id uuid not null,
  id uuid not null,
  primary key (organization_id, id)
);
comment on table hera.audit_pending is 'Rows of audit_log that the next sealing takes into the hash chain.';

create table hera.audit_seals (
  organization_id uuid not null,
  seal_no bigint not null,
  sealed_at timestamptz not null,
  ids uuid[] not null,
  row_hashes bytea[] not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (organization_id, seal_no)
);
comment on table hera.audit_seals is
  'The hash chain of each organization''s audit trail: hash is over this row, its previous_hash is the hash of the seal before.';

create table hera.replay_jobs (
  organization_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  kind text not null check (kind in ('delivery', 'dead_letters', 'period', 'missed')),
  request jsonb not null,
  status text not null check (status in ('running', 'paused', 'cancelled', 'completed')),
  status_reason text,
  per_second numeric not null,
  -- Up to this moment the rate is used up.
  spent_until timestamptz not null,
  total int not null,
  queued int not null default 0,
  skipped int not null default 0,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  finished_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, webhook_id) references hera.webhooks (organization_id, id)
);
comment on table hera.replay_jobs is 'Replays of a webhook''s deliveries. queued and skipped add up to the position that the job has come to.';
create index replay_jobs_running on hera.replay_jobs (spent_until) where status = 'running';

create table hera.replay_items (
  organization_id uuid not null,
  job_id uuid not null,
  position int not null,
  delivery_id uuid not null,
  primary key (organization_id, job_id, position),
  foreign key (organization_id, job_id) references hera.replay_jobs (organization_id, id) on delete cascade
);
comment on table hera.replay_items is 'The deliveries of a replay, fixed when it was made.';

create type hera_internal.replay_plan as (
  kind text,
  webhook_id uuid,
  webhook_no int,
  delivery_id uuid,
  since timestamptz,
  until timestamptz,
  per_second numeric
);

create table hera.retention_progress (
  organization_id uuid not null,
  kind text not null,
  done_before timestamptz not null,
  primary key (organization_id, kind)
);
comment on table hera.retention_progress is 'Up to when retention has been applied, so that each kind is looked through once a day.';

-- Keys come in the order of their events' ids, so a BRIN index finds the old ones and costs ingest next to nothing.
create index idempotency_keys_event on hera.idempotency_keys using brin (event_id) with (pages_per_range = 32, autosummarize = on);
