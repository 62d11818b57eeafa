-- hera_internal.hour_of: the hour (UTC, whatever the session's time zone) that a moment lies in.
create or replace function hera_internal.hour_of(p_at timestamptz)
returns timestamptz
language sql
immutable parallel safe
return date_bin('1 hour', p_at, '2000-01-01 00:00:00+00');
grant execute on function hera_internal.hour_of(timestamptz) to hera_worker_owner, hera_view, hera_dba, hera_reader;
comment on function hera_internal.hour_of(timestamptz) is 'The start of the hour.';
