-- An event that is a transaction too: both or none, each knows the other.
do $$
declare
  a record := hera_test.organization('A');
  v_answer jsonb;
  v_again jsonb;
  v_id uuid;
begin
  perform hera_test.webhook(a.organization);
  v_answer := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid',
    '{"smart_code": "HERA.SHOP.TXN.SALE.v1", "transaction_type": "sale", "total_amount": 12.30, "anything": {"else": 1}, "lines": [{"smart_code": "HERA.SHOP.LINE.v1", "line_amount": 12.30, "sku": "x"}]}',
    null, 'k', null, '{"create_transaction": true}');
  assert v_answer @> '{"success": true, "deliveries": 1, "smart_code": "HERA.INTEGRATION.EVENT.SHOP.ORDER_PAID.v1"}', v_answer::text;
  v_id := (v_answer ->> 'transaction_id')::uuid;
  assert (select (t.transaction_type, t.smart_code, t.total_amount::text, t.event_id) from hera.universal_transactions t where t.id = v_id)
    = ('sale'::text, 'HERA.SHOP.TXN.SALE.v1'::text, '12.30'::text, (v_answer ->> 'event_id')::uuid);
  assert (select count(*) from hera.universal_transaction_lines l where l.transaction_id = v_id) = 1;
  assert (select e.transaction_id from hera.events e where e.id = (v_answer ->> 'event_id')::uuid) = v_id;
  assert hera_integration_event_get_v1(a.admin, a.organization, (v_answer ->> 'event_id')::uuid) #>> '{event,transaction_id}' = v_id::text;

  v_again := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid',
    '{"smart_code": "HERA.SHOP.TXN.SALE.v1", "transaction_type": "sale", "total_amount": 12.30, "anything": {"else": 1}, "lines": [{"smart_code": "HERA.SHOP.LINE.v1", "line_amount": 12.30, "sku": "x"}]}',
    null, 'k', null, '{"create_transaction": true}');
  assert v_again ->> 'transaction_id' = v_id::text and v_again @> '{"duplicate": true}';
  assert (select count(*) from hera.universal_transactions) = 1;

  -- Type and smart code of the event serve where the data has none; lines that are no array are none.
  v_answer := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', '{"lines": 5}', null, null, 'HERA.SHOP.ORDER.PAID.v1', '{"create_transaction": true}');
  assert (select (t.transaction_type, t.smart_code) from hera.universal_transactions t where t.id = (v_answer ->> 'transaction_id')::uuid) = ('order.paid'::text, 'HERA.SHOP.ORDER.PAID.v1'::text);
  foreach v_again in array array['{}', '{"create_transaction": false}', '{"create_transaction": null}']::jsonb[]
  loop
    assert hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', '{"lines": 5}', p_options => v_again) @> '{"success": true, "transaction_id": null}';
  end loop;
end
$$;

-- A refused transaction leaves no event, and its key free.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_case record;
begin
  for v_case in
    select * from (values
      ('{}'::jsonb, 'PT400', 'guardrail_violation:SMARTCODE_MISSING'),
      ('[]', 'PT400', 'guardrail_violation:SMARTCODE_MISSING'),
      ('{"smart_code": "x"}', 'PT400', 'guardrail_violation:SMARTCODE_REGEX_FAIL'),
      (jsonb_build_object('smart_code', 'HERA.SHOP.TXN.SALE.v1', 'organization_id', b.organization), 'PT400', 'guardrail_violation:ORG_FILTER_MISMATCH'),
      ('{"smart_code": "HERA.SHOP.TXN.SALE.v1", "lines": [{}]}', 'PT400', 'guardrail_violation:SMARTCODE_MISSING'),
      ('{"smart_code": "HERA.SHOP.TXN.SALE.v1", "lines": [5]}', 'PT400', 'transaction.invalid'),
      ('{"smart_code": "HERA.SHOP.TXN.SALE.v1", "total_amount": "x"}', 'PT400', 'transaction.invalid'),
      ('{"smart_code": "HERA.SHOP.TXN.SALE.v1", "lines": [{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 1, "line_data": {"side": "DR"}}]}', 'PT400', 'guardrail_violation:GL_NOT_BALANCED'),
      (jsonb_build_object('smart_code', 'HERA.SHOP.TXN.SALE.v1', 'source_entity_id', hera_test.webhook(b.organization)), 'PT404', 'not_found')
    ) c (data, state, code)
  loop
    perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'', %L, null, ''k'', null, ''{"create_transaction": true}'')', a.admin, a.organization, v_case.data),
      v_case.state, v_case.code);
  end loop;
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'', null, null, null, null, ''{"create_transaction": true}'')', a.admin, a.organization), 'PT400', 'event.invalid');
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'', ''{}'', null, null, null, ''{"create_transaction": 1}'')', a.admin, a.organization), 'PT400', 'options.invalid');
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'', ''{}'', null, null, null, ''{"transaction": true}'')', a.admin, a.organization), 'PT400', 'options.unknown');
  assert not exists (select from hera.events e where e.organization_id = a.organization);
  assert not exists (select from hera.universal_transactions t where t.organization_id = a.organization);
  assert not exists (select from hera.idempotency_keys k where k.organization_id = a.organization);
end
$$;
