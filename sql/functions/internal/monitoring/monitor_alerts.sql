-- hera_internal.monitor_alerts: which headline numbers ask for attention: an array of codes.
--   past_due             something has been due for more than five minutes: no worker runs, or it can't keep up
--   failing              less than nine in ten attempts of the period succeeded
--   dead_letters         deliveries were given up
--   webhook_disabled     a receiver answered 410 Gone
--   connector_error      an installation is in error
--   connector_reauth     an installation must be authorized again, or its token is over
--   token_expiring       a token is over within seven days
create or replace function hera_internal.monitor_alerts(p_numbers jsonb)
returns jsonb
language sql
immutable
return (
  select coalesce(jsonb_agg(a.code order by a.nth), '[]')
  from (values
    (1, 'past_due', (p_numbers ->> 'oldest_past_due_seconds')::numeric > 300),
    (2, 'failing', (p_numbers ->> 'success_rate')::numeric < 0.9),
    (3, 'dead_letters', (p_numbers ->> 'dlq')::numeric > 0),
    (4, 'webhook_disabled', (p_numbers ->> 'webhooks_disabled')::numeric > 0),
    (5, 'connector_error', (p_numbers ->> 'installations_in_error')::numeric > 0),
    (6, 'connector_reauth', (p_numbers ->> 'installations_to_authorize')::numeric + (p_numbers ->> 'tokens_expired')::numeric > 0),
    (7, 'token_expiring', (p_numbers ->> 'tokens_expiring_in_7_days')::numeric > 0)) a (nth, code, holds)
  where a.holds);
grant execute on function hera_internal.monitor_alerts(jsonb) to hera_worker_owner;
comment on function hera_internal.monitor_alerts(jsonb) is 'Codes of what asks for attention.';
