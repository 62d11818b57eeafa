-- hera_internal.iso_time: a time as receivers read it: ISO 8601 in UTC, to the microsecond.
create or replace function hera_internal.iso_time(p_at timestamptz)
returns text
language sql
stable parallel safe
return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
grant execute on function hera_internal.iso_time(timestamptz) to hera_worker_owner;
comment on function hera_internal.iso_time(timestamptz) is 'ISO 8601 in UTC.';
