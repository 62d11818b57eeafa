-- hera_internal.delivery_webhook_no: the number of the webhook that a delivery goes to.
create or replace function hera_internal.delivery_webhook_no(p_delivery_id uuid)
returns int
language sql
immutable parallel safe
return get_byte(uuid_send(p_delivery_id), 13) * 256 + get_byte(uuid_send(p_delivery_id), 14);
grant execute on function hera_internal.delivery_webhook_no(uuid) to hera_worker_owner, hera_view, hera_dba, hera_reader;
comment on function hera_internal.delivery_webhook_no(uuid) is 'The webhook number within a delivery id.';
