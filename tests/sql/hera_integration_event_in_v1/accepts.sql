-- An event is stored with all that was sent, and the answer has every promised key.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
  e hera.events;
begin
  perform hera_test.move_clock('0');
  v := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', '{"order": 17}', null, 'k-1', 'HERA.SHOP.ORDER.PAID.v1');
  assert (select array_agg(k order by k) from jsonb_object_keys(v) k) = array['connector_id', 'connector_installed', 'deliveries',
    'duplicate', 'event_id', 'message', 'smart_code', 'success', 'transaction_id'], v::text;
  assert v @> '{"success": true, "duplicate": false, "deliveries": 0, "connector_installed": false, "connector_id": null,
    "transaction_id": null, "smart_code": "HERA.SHOP.ORDER.PAID.v1"}', v::text;

  select * into strict e from hera.events where id = (v ->> 'event_id')::uuid;
  assert (e.organization_id, e.created_by, e.created_at) = (a.organization, a.admin, hera_internal.now());
  assert (e.event_source, e.event_type, e.smart_code, e.idempotency_key, e.status, e.deliveries)
    = ('shop', 'order.paid', 'HERA.SHOP.ORDER.PAID.v1', 'k-1', 'processed', 0);
  assert e.event_data::jsonb = '{"order": 17}' and e.connector_code is null and e.installation_id is null;
  assert hera_internal.id_time(e.id) = date_trunc('milliseconds', e.created_at), 'the id tells the time';
  assert right(e.id::text, 6) = '000000', 'the last three bytes are for webhook and attempt';
end
$$;
rollback to clean;

-- Positional and named calls both work, and what is left out has its default.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb := hera_integration_event_in_v1(p_organization_id => a.organization, p_actor_user_id => a.admin, p_event_type => 't', p_event_source => 's');
begin
  assert (select event_data::text from hera.events where id = (v ->> 'event_id')::uuid) = '{}';
end
$$;
rollback to clean;

-- In the views of the Sacred Six an event is an entity with its fields.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', '{"order": 17}', null, 'k-1') ->> 'event_id';
begin
  assert (select (e.entity_type, e.organization_id, e.smart_code, e.status) from core_entities e where e.id = v_id)
    = ('INTEGRATION_EVENT'::text, a.organization, 'HERA.INTEGRATION.EVENT.SHOP.ORDER_PAID.v1'::text, 'processed'::text);
  assert (select jsonb_object_agg(d.field_name, coalesce(to_jsonb(d.field_value_text), d.field_value_json)) - 'processed_at'
    from core_dynamic_data d where d.entity_id = v_id)
    = '{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}, "status": "processed", "idempotency_key": "k-1"}';
  assert (select d.field_value_date from core_dynamic_data d where d.entity_id = v_id and d.field_name = 'processed_at')
    = (select e.created_at from core_entities e where e.id = v_id);
end
$$;
