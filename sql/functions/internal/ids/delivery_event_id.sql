-- hera_internal.delivery_event_id: the event that a delivery (or attempt) belongs to.
create or replace function hera_internal.delivery_event_id(p_delivery_id uuid)
returns uuid
language sql
immutable parallel safe
return encode(overlay(uuid_send(p_delivery_id) placing '\x000000'::bytea from 14 for 3), 'hex')::uuid;
grant execute on function hera_internal.delivery_event_id(uuid) to hera_worker_owner, hera_view, hera_dba, hera_reader;
comment on function hera_internal.delivery_event_id(uuid) is 'The event id within a delivery id.';
