-- Fields go to their columns, exactly; what is not given has a default.
do $$
declare
  a record := hera_test.organization('A');
  v_entity uuid := hera_internal.new_id(clock_timestamp());
  v_answer jsonb;
  v_tx public.universal_transactions;
  v_line public.universal_transaction_lines;
begin
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, smart_code, created_by, updated_by)
  values (v_entity, a.organization, 'CUSTOMER', 'C', 'HERA.CRM.CUSTOMER.v1', a.admin, a.admin);
  v_answer := hera_transaction_post_v1(a.admin, a.organization, jsonb_build_object(
      'transaction_type', 'sale', 'smart_code', 'HERA.SHOP.TXN.SALE.v1', 'transaction_code', 'S-1', 'transaction_date', '2026-01-31T10:00:00+02:00',
      'source_entity_id', v_entity, 'target_entity_id', upper(v_entity::text), 'total_amount', '123456789012345678.123456789012', 'transaction_status', 'open',
      'reference_number', 'R', 'transaction_currency_code', 'EUR', 'business_context', '{"a": 1}'::jsonb, 'metadata', '{"b": 2}'::jsonb),
    jsonb_build_array(jsonb_build_object('smart_code', 'HERA.SHOP.LINE.v1', 'line_number', 20, 'entity_id', v_entity, 'line_type', 'item',
      'description', 'Tea', 'quantity', 3, 'unit_amount', 0.10, 'line_data', '{"c": 3}'::jsonb), '{"smart_code": "HERA.SHOP.LINE.v1"}'::jsonb));
  select * into v_tx from public.universal_transactions t where t.id = (v_answer ->> 'transaction_id')::uuid;
  assert (v_tx.organization_id, v_tx.transaction_type, v_tx.smart_code, v_tx.transaction_code, v_tx.transaction_status, v_tx.reference_number, v_tx.transaction_currency_code)
    = (a.organization, 'sale'::text, 'HERA.SHOP.TXN.SALE.v1'::text, 'S-1'::text, 'open'::text, 'R'::text, 'EUR'::text);
  assert (v_tx.transaction_date, v_tx.source_entity_id, v_tx.target_entity_id, v_tx.business_context, v_tx.metadata, v_tx.created_by)
    = ('2026-01-31T08:00:00Z'::timestamptz, v_entity, v_entity, '{"a": 1}'::jsonb, '{"b": 2}'::jsonb, a.admin);
  -- No float on the way, from a string or a number, and scale is kept.
  assert v_tx.total_amount::text = '123456789012345678.123456789012', v_tx.total_amount::text;
  select * into v_line from public.universal_transaction_lines l where l.transaction_id = v_tx.id and l.line_number = 20;
  assert (v_line.entity_id, v_line.line_type, v_line.description, v_line.line_data, v_line.unit_amount::text, v_line.line_amount::text)
    = (v_entity, 'item'::text, 'Tea'::text, '{"c": 3}'::jsonb, '0.10'::text, '0.30'::text), v_line::text;
  select * into v_line from public.universal_transaction_lines l where l.transaction_id = v_tx.id and l.line_number = 2;
  assert v_line.line_type = 'LINE' and v_line.line_amount is null and v_line.line_data is null;

  v_answer := hera_transaction_post_v1(a.admin, a.organization, '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}',
    '[{"smart_code": "HERA.SHOP.LINE.v1", "line_amount": 0.1}, {"smart_code": "HERA.SHOP.LINE.v1", "line_amount": 0.2}]');
  select * into v_tx from public.universal_transactions t where t.id = (v_answer ->> 'transaction_id')::uuid;
  assert v_tx.total_amount = 0.3 and v_tx.transaction_status = 'completed' and v_tx.transaction_code = 'TXN-' || v_tx.id and v_tx.version = 1;
  assert v_tx.transaction_date = v_tx.created_at and v_answer ->> 'transaction_code' = v_tx.transaction_code and (v_answer ->> 'total_amount')::numeric = 0.3;
  assert (select array_agg(l.line_number order by l.line_amount) from public.universal_transaction_lines l where l.transaction_id = v_tx.id) = array[1, 2];
end
$$;

-- The total of postings: once, and in the transaction's currency.
do $$
declare
  a record := hera_test.organization('A');
  v_tx constant jsonb := '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1", "transaction_currency_code": "EUR"}';
  v_gl constant jsonb := '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 12, "line_data": {"side": "DR"}}, {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 12, "line_data": {"side": "CR"}},
    {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 5, "line_data": {"side": "DR", "currency": "USD"}}, {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 5, "line_data": {"side": "CR", "currency": "USD"}}]';
begin
  assert (hera_transaction_post_v1(a.admin, a.organization, v_tx, v_gl) ->> 'total_amount')::numeric = 12;
  assert (hera_transaction_post_v1(a.admin, a.organization, v_tx, v_gl || '[{"smart_code": "HERA.SHOP.LINE.v1", "line_amount": 13}]') ->> 'total_amount')::numeric = 13;
  assert (hera_transaction_post_v1(a.admin, a.organization, v_tx || '{"total_amount": 7}', v_gl) ->> 'total_amount')::numeric = 7;
  assert (hera_transaction_post_v1(a.admin, a.organization, v_tx) ->> 'total_amount')::numeric = 0;
  perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L, %L)', a.admin, a.organization, v_tx - 'transaction_currency_code', v_gl), 'PT400', 'transaction.invalid');
  -- The session's time zone plays no part.
  perform set_config('timezone', 'Asia/Tokyo', true);
  assert (select array_agg(hera_internal.transaction_date(d) order by n) from unnest(array['2026-01-31', '2026-01-31T10:00', '2026-01-31 10:00:00.5Z']) with ordinality as x (d, n))
    = array['2026-01-31T00:00:00Z', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00.5Z']::timestamptz[];
end
$$;

-- What is malformed is refused.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_transaction_post_v1(%L, %L, %%L, %%L, %%L)', a.admin, a.organization);
  v_ok constant jsonb := '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}';
  v_line constant jsonb := '{"smart_code": "HERA.SHOP.LINE.v1"}';
  v_case jsonb;
begin
  foreach v_case in array array['{"transaction_type": null}', '{"transaction_type": ""}', '{"transaction_type": 5}', '{"transaction_code": ""}', '{"transaction_code": "a\nb"}',
    '{"transaction_date": "tomorrow"}', '{"transaction_date": "2026-02-30"}', '{"transaction_date": 5}', '{"source_entity_id": "x"}', '{"target_entity_id": {}}',
    '{"total_amount": "x"}', '{"total_amount": 1e20}', '{"total_amount": 0.0000000000001}', '{"total_amount": "1e5"}', '{"total_amount": "NaN"}', '{"total_amount": true}',
    '{"transaction_currency_code": "eur"}', '{"transaction_status": []}', '{"reference_number": 5}', '{"business_context": []}', '{"metadata": "x"}',
    jsonb_build_object('transaction_type', repeat('x', 65)), '{"metadata": {"a": 1e400}}']::jsonb[]
  loop
    perform hera_test.raises(format(v_call, v_ok || v_case, '[]', '{}'), 'PT400', 'transaction.invalid');
  end loop;
  foreach v_case in array array['{"line_number": 0}', '{"line_number": "x"}', '{"line_number": 1.5}', '{"line_number": 1000000}', '{"entity_id": 5}', '{"line_type": ""}', '{"description": 5}',
    '{"quantity": "x"}', '{"unit_amount": []}', '{"line_amount": "1,5"}', '{"line_data": []}', '{"line_data": {"currency": "x"}}',
    '{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_data": {"side": "DR"}}']::jsonb[]
  loop
    perform hera_test.raises(format(v_call, v_ok, jsonb_build_array(v_line || v_case), '{}'), 'PT400', 'transaction.invalid');
  end loop;
  perform hera_test.raises(format(v_call, v_ok, jsonb_build_array(v_line || '{"line_number": 2}', v_line), '{}'), 'PT400', 'transaction.invalid');
  perform hera_test.raises(format(v_call, v_ok || '{"totalAmount": 5}', '[]', '{}'), 'PT400', 'transaction.unknown');
  perform hera_test.raises(format(v_call, '[]', '[]', '{}'), 'PT400', 'transaction.invalid');
  perform hera_test.raises(format(v_call, null::text, '[]', '{}'), 'PT400', 'transaction.invalid');
  perform hera_test.raises(format(v_call, v_ok, '{}', '{}'), 'PT400', 'lines.invalid');
  perform hera_test.raises(format(v_call, v_ok, '[5]', '{}'), 'PT400', 'lines.invalid');
  perform hera_test.raises(format(v_call, v_ok, '[{"amount": 5}]', '{}'), 'PT400', 'lines.unknown');
  perform hera_test.raises(format(v_call, v_ok, '[]', '{"publsh": true}'), 'PT400', 'options.unknown');
  perform hera_test.raises(format(v_call, v_ok, '[]', '{"publish": 5}'), 'PT400', 'options.invalid');
  perform hera_test.raises(format(v_call, v_ok, '[]', '{"publish": "topic"}'), 'PT400', 'topic.invalid');
  perform hera_test.raises(format(v_call, v_ok, '[]', '{"idempotency_key": ""}'), 'PT400', 'options.invalid');
  perform hera_test.raises(format(v_call, v_ok, '[]', jsonb_build_object('idempotency_key', repeat('x', 256))), 'PT400', 'options.invalid');
  perform hera_test.raises(format(v_call, v_ok || jsonb_build_object('metadata', (repeat('{"a":', 64) || '1' || repeat('}', 64))::jsonb), '[]', '{}'), 'PT400', 'transaction.invalid');
  perform hera_test.raises(format(v_call, v_ok || jsonb_build_object('metadata', jsonb_build_object('a', repeat('x', 1048576))), '[]', '{}'), 'PT413', 'transaction.invalid');
  perform hera_test.raises(format(v_call, v_ok, (select jsonb_agg(v_line) from generate_series(1, 5001)), '{}'), 'PT400', 'transaction.invalid');
  assert not exists (select from hera.universal_transactions t where t.organization_id = a.organization);
  perform hera_transaction_post_v1(a.admin, a.organization, v_ok, (select jsonb_agg(v_line) from generate_series(1, 5000)));
end
$$;

-- Entities are those of the organization: another's is as one that is not there.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_ok constant jsonb := '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}';
  v_foreign uuid := hera_test.webhook(b.organization);
  v_id uuid;
begin
  foreach v_id in array array[v_foreign, gen_random_uuid(), hera_test.system(), (select id from hera.core_entities where entity_type = 'INTEGRATION_CONNECTOR_DEF' limit 1)]
  loop
    perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L)', a.admin, a.organization, v_ok || jsonb_build_object('source_entity_id', v_id)), 'PT404', 'not_found');
    perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L)', a.admin, a.organization, v_ok || jsonb_build_object('target_entity_id', v_id)), 'PT404', 'not_found');
    perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L, %L)', a.admin, a.organization, v_ok,
      jsonb_build_array(jsonb_build_object('smart_code', 'HERA.SHOP.LINE.v1', 'entity_id', v_id))), 'PT404', 'not_found');
  end loop;
end
$$;
