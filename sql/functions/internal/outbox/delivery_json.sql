-- hera_internal.delivery_json: a delivery as the RPCs answer it; with connector_code and action where it is a call of a provider.
create or replace function hera_internal.delivery_json(p_delivery hera_internal.delivery)
returns jsonb
language sql
stable
return to_jsonb(p_delivery) - case when p_delivery.connector_code is null then array['connector_code', 'action'] else '{}' end || jsonb_build_object('created_at', hera_internal.id_time(p_delivery.id));
comment on function hera_internal.delivery_json(hera_internal.delivery) is 'A delivery as JSON.';
