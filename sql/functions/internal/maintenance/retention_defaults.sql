-- hera_internal.retention_defaults: what is kept how many days (null: for ever) where neither the organization nor the platform says so.
create or replace function hera_internal.retention_defaults()
returns table (kind text, days int)
language sql
immutable
as $$
  values ('dead_letters', 365), ('events', 365), ('attempts', 90), ('inbound_requests', 30), ('replay_jobs', 90), ('idempotency_keys', null), ('audit', null);
$$;
grant execute on function hera_internal.retention_defaults() to hera_worker_owner;
comment on function hera_internal.retention_defaults() is 'The kinds of data that retention knows, with default days.';
