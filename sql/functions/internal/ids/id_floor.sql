-- hera_internal.id_floor: the lowest id of a moment, for partition bounds and time filters on ids.
create or replace function hera_internal.id_floor(p_at timestamptz)
returns uuid
language sql
immutable parallel safe
return (lpad(to_hex(floor(extract(epoch from p_at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;
grant execute on function hera_internal.id_floor(timestamptz) to hera_worker_owner;
comment on function hera_internal.id_floor(timestamptz) is 'Every id made at p_at (milliseconds) or later is greater.';
