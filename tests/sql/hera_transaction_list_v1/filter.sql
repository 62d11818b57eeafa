-- Newest first, page by page; each filter picks.
do $$
declare
  a record := hera_test.organization('A');
  v_entity uuid := hera_test.webhook(a.organization);
  v_ids text[];
  v_page jsonb;
  v_case jsonb;
begin
  for v_case in select jsonb_array_elements(jsonb_build_array(
    '{"transaction_type": "sale", "transaction_code": "C"}'::jsonb, '{"transaction_type": "refund", "reference_number": "R"}'::jsonb,
    '{"transaction_type": "open", "transaction_status": "draft"}'::jsonb, jsonb_build_object('transaction_type', 'source', 'source_entity_id', v_entity), '{"transaction_type": "line"}'::jsonb,
    '{"transaction_type": "coded", "smart_code": "HERA.SHOP.TXN.OTHER.v1"}'::jsonb))
  loop
    v_ids := v_ids || (hera_transaction_post_v1(a.admin, a.organization, '{"smart_code": "HERA.SHOP.TXN.SALE.v1"}' || v_case,
      case when v_case ->> 'transaction_type' = 'line' then jsonb_build_array(jsonb_build_object('smart_code', 'HERA.SHOP.LINE.v1', 'entity_id', v_entity)) else '[]' end) ->> 'transaction_id');
  end loop;

  v_page := hera_transaction_list_v1(a.admin, a.organization, '{"limit": 4}');
  assert jsonb_path_query_array(v_page, '$.transactions[*].transaction_type') = '["coded", "line", "source", "open"]', v_page::text;
  v_page := hera_transaction_list_v1(a.admin, a.organization, jsonb_build_object('limit', 4, 'cursor', v_page -> 'next_cursor'));
  assert jsonb_path_query_array(v_page, '$.transactions[*].transaction_type') = '["refund", "sale"]' and v_page -> 'next_cursor' = 'null';

  for v_case in select jsonb_array_elements(jsonb_build_array(
    '[{"transaction_type": "refund"}, ["refund"]]'::jsonb, '[{"status": "draft"}, ["open"]]'::jsonb, '[{"transaction_code": "C"}, ["sale"]]'::jsonb, '[{"reference_number": "R"}, ["refund"]]'::jsonb,
    '[{"smart_code": "HERA.SHOP.TXN.OTHER.v1"}, ["coded"]]'::jsonb, '[{"since": "2100-01-01T00:00:00Z"}, []]'::jsonb, '[{"until": "2020-01-01T00:00:00Z"}, []]'::jsonb,
    jsonb_build_array(jsonb_build_object('entity_id', v_entity), array['line', 'source']), jsonb_build_array(jsonb_build_object('entity_id', gen_random_uuid()), array[]::text[])))
  loop
    v_page := hera_transaction_list_v1(a.admin, a.organization, v_case -> 0);
    assert jsonb_path_query_array(v_page, '$.transactions[*].transaction_type') = v_case -> 1, v_case::text || v_page::text;
  end loop;
  perform hera_test.raises(format('select hera_transaction_list_v1(%L, %L, ''{"type": "x"}'')', a.admin, a.organization), 'PT400', 'filter.unknown');
  perform hera_test.raises(format('select hera_transaction_list_v1(%L, %L, ''{"limit": 0}'')', a.admin, a.organization), 'PT400', 'filter.invalid');
  perform hera_test.raises(format('select hera_transaction_list_v1(%L, %L, ''{"entity_id": "x"}'')', a.admin, a.organization), 'PT400', 'field.invalid');
end
$$;
