-- hera_internal.new_id: a time-ordered id.
-- UUIDv7 (RFC 9562, with method 3: the 12 bits after the version count 1/4096 ms) whose last three bytes are zero.
-- Those are filled with the webhook's number (2 bytes) in a delivery id and the attempt (1 byte) in an attempt id:
-- one event and one webhook have one delivery id for ever, and an index on delivery ids finds by event as well.
-- One expression that callers take into their own plans; microseconds * 512 / 125 are milliseconds with their 1/4096 in the low 12 bits.
create or replace function hera_internal.new_id(p_at timestamptz)
returns uuid
language sql
volatile
return (
  overlay(lpad(to_hex((date_part('epoch', p_at) * 1000000)::bigint * 512 / 125), 15, '0') placing '7' from 13 for 0)
  || substr(gen_random_uuid()::text, 19, 12) || '000000')::uuid;
grant execute on function hera_internal.new_id(timestamptz) to hera_worker_owner;
comment on function hera_internal.new_id(timestamptz) is 'UUIDv7 of the given time, last three bytes zero.';
