-- hera_internal.id_time: the time within an id, to the millisecond.
create or replace function hera_internal.id_time(p_id uuid)
returns timestamptz
language sql
immutable parallel safe
return to_timestamp(('x' || lpad(left(replace(p_id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0);
grant execute on function hera_internal.id_time(uuid) to hera_worker_owner, hera_view, hera_dba, hera_reader;
comment on function hera_internal.id_time(uuid) is 'When an id was made.';
