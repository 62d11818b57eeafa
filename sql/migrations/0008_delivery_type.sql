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
