-- A transaction with its lines in order, and nothing of the inside.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := (hera_transaction_post_v1(a.admin, a.organization, '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}',
    '[{"smart_code": "HERA.SHOP.LINE.v1", "line_number": 9, "line_amount": 1}, {"smart_code": "HERA.SHOP.LINE.v1", "line_number": 3, "line_amount": 2}]',
    '{"idempotency_key": "k"}') ->> 'transaction_id')::uuid;
  v_tx jsonb := hera_transaction_get_v1(a.admin, a.organization, v_id) -> 'transaction';
begin
  assert v_tx @> jsonb_build_object('id', v_id, 'transaction_type', 'sale', 'total_amount', 3, 'idempotency_key', 'k', 'created_by', a.admin);
  assert not v_tx ? 'content_hash';
  assert jsonb_path_query_array(v_tx, '$.lines[*].line_number') = '[3, 9]';
  perform hera_test.raises(format('select hera_transaction_get_v1(%L, %L, null)', a.admin, a.organization), 'PT404', 'not_found');
end
$$;
