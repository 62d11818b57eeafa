-- Items with and without a transaction; a refused one harms no other.
do $$
declare
  a record := hera_test.organization('A');
  v_answer jsonb := hera_integration_event_batch_v1(a.admin, a.organization, '[
    {"event_source": "s", "event_type": "a", "event_data": {"smart_code": "HERA.SHOP.TXN.SALE.v1"}, "options": {"create_transaction": true}},
    {"event_source": "s", "event_type": "b", "event_data": {}, "options": {"create_transaction": true}},
    {"event_source": "s", "event_type": "c", "event_data": {"smart_code": "HERA.SHOP.TXN.SALE.v1"}, "options": {"create_transaction": false}},
    {"event_source": "s", "event_type": "d", "event_data": {}, "options": {"create_transaction": 1}},
    {"event_source": "s", "event_type": "e", "event_data": {"smart_code": "HERA.SHOP.TXN.SALE.v1", "lines": [{"smart_code": "HERA.SHOP.LINE.v1"}]}, "options": {"create_transaction": true}}]');
begin
  assert v_answer @> '{"accepted": 3, "failed": 2}', v_answer::text;
  assert v_answer #>> '{results,1,error}' = 'guardrail_violation:SMARTCODE_MISSING' and v_answer #>> '{results,3,error}' = 'event.invalid';
  assert v_answer #> '{results,2,transaction_id}' = 'null';
  assert (select array_agg(t.transaction_type order by t.id) from hera.universal_transactions t) = array['a', 'e'];
  assert (select array_agg(t.id::text order by t.id) from hera.universal_transactions t) = array[v_answer #>> '{results,0,transaction_id}', v_answer #>> '{results,4,transaction_id}'];
  assert (select count(*) from hera.universal_transaction_lines) = 1 and (select count(*) from hera.events) = 3;
end
$$;
