-- hera_internal.event_time: an event's time as deliveries show it. A plain expression, which costs nothing where it is called.
create or replace function hera_internal.event_time(p_at timestamptz)
returns text
language sql
stable
return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
grant execute on function hera_internal.event_time(timestamptz) to hera_worker_owner;
comment on function hera_internal.event_time(timestamptz) is 'RFC 3339 in UTC, with microseconds.';
