-- A transaction emits an event with itself and its lines, in the same database transaction; the two know each other.
do $$
declare
  a record := hera_test.organization('A');
  v_tx constant jsonb := '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}';
  v_answer jsonb;
  v_event hera.events;
begin
  perform hera_test.webhook(a.organization, '{"topics": ["transaction.posted"], "filter": "$.transaction_type == \"sale\""}');
  v_answer := hera_transaction_post_v1(a.admin, a.organization, v_tx, '[{"smart_code": "HERA.SHOP.LINE.v1", "line_amount": 1.50}]', '{"publish": true}');
  select * into v_event from hera.events e where e.id = (v_answer ->> 'event_id')::uuid;
  assert (v_event.event_source, v_event.event_type, v_event.smart_code, v_event.deliveries, v_event.created_by)
    = ('transaction'::text, 'posted'::text, 'HERA.SHOP.TXN.SALE.v1'::text, 1, a.admin);
  assert v_event.transaction_id = (v_answer ->> 'transaction_id')::uuid;
  assert v_event.event_data::jsonb @> jsonb_build_object('id', v_answer ->> 'transaction_id', 'total_amount', 1.50, 'lines', '[{"line_number": 1, "line_amount": 1.50}]'::jsonb), v_event.event_data::text;
  assert hera_transaction_get_v1(a.admin, a.organization, v_event.transaction_id) #>> '{transaction,event_id}' = v_event.id::text;
  assert hera_integration_event_get_v1(a.admin, a.organization, v_event.id) #>> '{event,transaction_id}' = v_event.transaction_id::text;

  v_answer := hera_transaction_post_v1(a.admin, a.organization, v_tx, '[]', '{"publish": "shop.sale.done"}');
  assert (select e.event_source || '/' || e.event_type from hera.events e where e.id = (v_answer ->> 'event_id')::uuid) = 'shop/sale.done';
  foreach v_answer in array array['{}', '{"publish": false}', '{"publish": null}']::jsonb[]
  loop
    assert hera_transaction_post_v1(a.admin, a.organization, v_tx, '[]', v_answer) ->> 'event_id' is null;
  end loop;
  assert (select count(*) from hera.events) = 2;
  perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L, ''[]'', ''{"publish": "shop.sale done"}'')', a.admin, a.organization, v_tx), 'PT400', 'event.invalid');
  assert (select count(*) from hera.universal_transactions) = 5;
end
$$;

-- Posting is audited.
do $$
declare
  a record := hera_test.organization('A');
  v_answer jsonb := hera_transaction_post_v1(a.admin, a.organization, '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}');
begin
  assert (select (l.actor_user_id, l.target_id) from hera.audit_log l where l.organization_id = a.organization and l.function_name = 'hera_transaction_post_v1')
    = (a.admin, (v_answer ->> 'transaction_id')::uuid);
end
$$;
