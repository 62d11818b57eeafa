-- hera_internal.last_delivery_id: the highest id that a delivery of the event can have.
create or replace function hera_internal.last_delivery_id(p_event_id uuid)
returns uuid
language sql
immutable parallel safe
return encode(overlay(uuid_send(p_event_id) placing '\xffffff'::bytea from 14 for 3), 'hex')::uuid;
grant execute on function hera_internal.last_delivery_id(uuid) to hera_worker_owner;
comment on function hera_internal.last_delivery_id(uuid) is 'All delivery ids of an event lie between its id and this.';
