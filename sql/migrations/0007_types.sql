-- A batch of deliveries as parallel arrays, the form in which they go from claim to lease to report.
create type hera_internal.outbox_batch as (
  organization_ids uuid[],
  delivery_ids uuid[],
  attempts smallint[],
  base_attempts smallint[]
);
-- What became of each delivery of a batch.
create type hera_internal.outbox_results as (
  status_codes int[],
  durations_ms int[],
  response_bodies text[],
  errors text[],
  retry_after_s int[]
);
-- A delivery wherever it stands, as hera_internal.deliveries_between answers it.
create type hera_internal.delivery as (
  id uuid,
  event_id uuid,
  webhook_id uuid,
  status text,
  reason text,
  attempts int,
  last_status_code int,
  last_error text,
  next_attempt_at timestamptz,
  settled_at timestamptz
);
