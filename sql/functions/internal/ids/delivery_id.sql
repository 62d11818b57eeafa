-- hera_internal.delivery_id: the id of the delivery of an event to a webhook (bytes 13 and 14 hold webhook_no).
create or replace function hera_internal.delivery_id(p_event_id uuid, p_webhook_no int)
returns uuid
language sql
immutable parallel safe
return encode(overlay(uuid_send(p_event_id) placing substring(int4send(p_webhook_no) from 3) from 14 for 2), 'hex')::uuid;
grant execute on function hera_internal.delivery_id(uuid, int) to hera_worker_owner;
comment on function hera_internal.delivery_id(uuid, int) is 'The delivery id of an event and a webhook number (1 to 65535).';
