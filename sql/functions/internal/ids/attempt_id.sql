-- hera_internal.attempt_id: the id of one attempt of a delivery (the last byte holds the attempt).
create or replace function hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint)
returns uuid
language sql
immutable parallel safe
return encode(overlay(uuid_send(p_delivery_id) placing substring(int2send(p_attempt) from 2) from 16 for 1), 'hex')::uuid;
grant execute on function hera_internal.attempt_id(uuid, smallint) to hera_worker_owner, hera_view, hera_dba, hera_reader;
comment on function hera_internal.attempt_id(uuid, smallint) is 'The attempt id of a delivery id and an attempt number (1 to 255).';
