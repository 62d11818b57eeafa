-- hera_internal.new_id: a time-ordered id.
-- UUIDv7 (RFC 9562, with method 3: the 12 bits after the version count 1/4096 ms) whose last three bytes are zero.
-- Those are filled with the webhook's number (2 bytes) in a delivery id and the attempt (1 byte) in an attempt id:
-- one event and one webhook have one delivery id for ever, and an index on delivery ids finds by event as well.
create or replace function hera_internal.new_id(p_at timestamptz)
returns uuid
language plpgsql
volatile
as $$
declare
  v_us bigint := (extract(epoch from p_at) * 1000000)::bigint;
  v_random text := gen_random_uuid()::text;
begin
  return (
    lpad(to_hex(v_us / 1000), 12, '0')
    || '7' || lpad(to_hex((v_us % 1000) * 4096 / 1000), 3, '0')
    || substr(v_random, 20, 4) || substr(v_random, 25, 6)
    || '000000')::uuid;
end
$$;
grant execute on function hera_internal.new_id(timestamptz) to hera_worker_owner;
comment on function hera_internal.new_id(timestamptz) is 'UUIDv7 of the given time, last three bytes zero.';
