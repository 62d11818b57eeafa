-- Monitoring: raw rows counted by the hour (UTC), so that a question about a week reads thousands of rows instead of millions.
-- The counts are facts of an hour that do not change once it is over: an attempt counts in the hour in which it started, an event
-- in the hour in which it came in, a latency in the hour in which the first attempt that delivered the event started. So an event
-- that is delivered days later reopens no old hour. hera_internal.roll_up keeps them; hera_internal.*_recount says what each means.
-- Durations stand in buckets a fourth root of two apart (hera_internal.bucket), which a percentile then is exact to within 10 %.

create table hera.event_rollup (
  organization_id uuid not null,
  hour timestamptz not null,
  event_source text not null,
  status text not null,
  events int not null,
  primary key (organization_id, hour, event_source, status)
);
comment on table hera.event_rollup is 'Events by the hour in which they came in, source and status.';

create table hera.latency_rollup (
  organization_id uuid not null,
  hour timestamptz not null,
  event_source text not null,
  latency_bucket smallint not null,
  events int not null,
  primary key (organization_id, hour, event_source, latency_bucket)
);
comment on table hera.latency_rollup is 'Events by the hour in which they were first delivered, and the time from accepting to that.';

create table hera.delivery_rollup (
  organization_id uuid not null,
  hour timestamptz not null,
  webhook_no int not null,
  -- The status code, or the machine code of what went wrong where no answer came.
  cause text not null,
  duration_bucket smallint not null,
  attempts int not null,
  -- Those of them that were not the first attempt of their delivery.
  retries int not null,
  primary key (organization_id, hour, webhook_no, cause, duration_bucket)
);
comment on table hera.delivery_rollup is 'Attempts by the hour in which they started, webhook, outcome and duration.';

-- The keys serve one organization; the platform reads hours of all. Rows come in order of hour, so a block range index does.
create index event_rollup_hour on hera.event_rollup using brin (hour) with (pages_per_range = 16, autosummarize = on);
create index latency_rollup_hour on hera.latency_rollup using brin (hour) with (pages_per_range = 16, autosummarize = on);
create index delivery_rollup_hour on hera.delivery_rollup using brin (hour) with (pages_per_range = 16, autosummarize = on);

-- The open hours are counted from the attempts themselves. A b-tree would cost each attempt a tenth of its WAL; this costs nothing
-- that can be measured.
create index attempts_started on hera.attempts using brin (started_at) with (pages_per_range = 32, autosummarize = on);

create table hera.rollup_state (
  one_row boolean primary key default true check (one_row),
  -- Hours before this are final: no row of theirs can come any more.
  final_before timestamptz not null,
  -- The rollups hold what was before this minute.
  complete_before timestamptz not null,
  counted_at timestamptz not null
);
comment on table hera.rollup_state is 'How far the rollups are.';
grant select, insert, update on hera.rollup_state to hera_worker_owner;
grant select on hera.rollup_state to hera_view;

-- Deliveries that a rate limit put off, counted in the row that is written then anyway.
alter table hera.outbox_rate
  add column put_off bigint not null default 0,
  add column last_put_off_at timestamptz;
comment on column hera.outbox_rate.put_off is 'How often the limit put a delivery of this webhook off, since the row was made.';

-- What the monitoring RPCs read of p_filter.
create type hera_internal.monitor_filter as (
  since timestamptz,
  until timestamptz,
  webhook_id uuid,
  event_source text,
  max_rows int
);

-- Attempts to one webhook in one hour, or in a whole period.
create type hera_internal.delivery_figures as (
  hour timestamptz,
  organization_id uuid,
  webhook_id uuid,
  url text,
  status text,
  attempts bigint,
  delivered bigint,
  retries bigint,
  status_2xx bigint,
  status_3xx bigint,
  status_4xx bigint,
  status_5xx bigint,
  no_answer bigint,
  success_rate numeric,
  duration_p50_ms numeric,
  duration_p95_ms numeric
);

-- Deliveries of one webhook that have not come to their end.
create type hera_internal.backlog as (
  organization_id uuid,
  webhook_no int,
  pending bigint,
  waiting bigint,
  in_flight bigint,
  failed bigint,
  delayed bigint,
  due bigint,
  oldest_due_at timestamptz
);

-- The platform's figures are read by functions of the worker's owner, whose policies show every organization.
grant create on schema hera_internal to hera_worker_owner;
