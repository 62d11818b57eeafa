-- Same key, same content: the first transaction; other content is refused; other organizations and events have keys of their own.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_tx constant jsonb := '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1", "total_amount": 5}';
  v_lines constant jsonb := '[{"smart_code": "HERA.SHOP.LINE.v1"}]';
  v_call constant text := format('select hera_transaction_post_v1(%L, %L, %%L, %%L, %%L)', a.admin, a.organization);
  v_first jsonb := hera_transaction_post_v1(a.admin, a.organization, v_tx, v_lines, '{"idempotency_key": "k", "publish": true}');
  v_again jsonb;
begin
  v_again := hera_transaction_post_v1(a.admin, a.organization, '{"total_amount": 5, "smart_code": "HERA.SHOP.TXN.SALE.v1", "transaction_type": "sale"}', v_lines, '{"idempotency_key": "k", "publish": true}');
  assert v_again - 'message' = (v_first - 'message') || '{"duplicate": true}', v_again::text;
  perform hera_test.raises(format(v_call, v_tx || '{"total_amount": 6}', v_lines, '{"idempotency_key": "k"}'), 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(format(v_call, v_tx, '[]', '{"idempotency_key": "k"}'), 'PT422', 'idempotency.mismatch');
  assert (select count(*) from hera.universal_transactions) = 1 and (select count(*) from hera.universal_transaction_lines) = 1 and (select count(*) from hera.events) = 1;

  assert hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{}', null, 'k') @> '{"duplicate": false}';
  assert hera_transaction_post_v1(b.admin, b.organization, v_tx, '[]', '{"idempotency_key": "k"}') @> '{"duplicate": false}';
  assert hera_transaction_post_v1(a.admin, a.organization, v_tx) ->> 'transaction_id' <> hera_transaction_post_v1(a.admin, a.organization, v_tx) ->> 'transaction_id';
end
$$;
