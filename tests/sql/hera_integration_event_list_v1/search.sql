-- A text is found in payloads, keys and ids, whatever its case and its signs; what a page does not reach, the next one does.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_id uuid;
  v_search record;
  v jsonb;
begin
  perform hera_integration_event_in_v1(b.admin, b.organization, 'shop', 'paid', '{"n": 9, "who": "alice@example.com"}');
  v_id := (hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"n": 1, "who": "Alice@example.com"}') ->> 'event_id')::uuid;
  perform hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"n": 2, "note": "say \"hi\", Zoë\\"}', null, 'Order-17');
  perform hera_integration_event_in_v1(a.admin, a.organization, 'crm', 'paid', '{"n": 3, "who": "alice@example.com"}');
  for v_search in
    select * from (values ('alice@', '[3, 1]'), ('ALICE', '[3, 1]'), ('order-17', '[2]'), ('say "hi"', '[2]'), ('zoë', '[2]'), ('Zoë\', '[2]'), ('%', '[]'), ('_', '[]'),
      (v_id::text, '[1]'), (upper(v_id::text), '[1]'), ('nobody', '[]')) x (search, n)
  loop
    v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('search', v_search.search));
    assert jsonb_path_query_array(v, '$.events[*].event_data.n') = v_search.n::jsonb and v -> 'next_cursor' = 'null' and v -> 'searched' = '3', v_search || v::text;
  end loop;
  assert jsonb_path_query_array(hera_integration_event_list_v1(a.admin, a.organization, '{"search": "alice", "event_source": "shop"}'), '$.events[*].event_data.n') = '[1]';

  v := hera_integration_event_list_v1(a.admin, a.organization, '{"search": "alice", "limit": 1}');
  assert jsonb_path_query_array(v, '$.events[*].event_data.n') = '[3]' and v -> 'searched' = '1', v::text;
  v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('search', 'alice', 'limit', 1, 'cursor', v -> 'next_cursor'));
  assert jsonb_path_query_array(v, '$.events[*].event_data.n') = '[1]', v::text;

  -- Below 10,000 that do not hold it, it is on the second page.
  insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
  select a.organization, hera_internal.new_id(hera_internal.now() + n * interval '1 ms'), hera_internal.now(), a.admin, 0, 'processed', 'bulk', 'x', 'HERA.X1.Y1.v1', '{}'
  from generate_series(1, 10000) n;
  v := hera_integration_event_list_v1(a.admin, a.organization, '{"search": "order-17"}');
  assert v -> 'events' = '[]' and v -> 'searched' = '10000' and v ->> 'next_cursor' is not null, v::text;
  v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('search', 'order-17', 'cursor', v -> 'next_cursor'));
  assert jsonb_path_query_array(v, '$.events[*].event_data.n') = '[2]' and v -> 'next_cursor' = 'null', v::text;

  perform hera_test.raises(format('select hera_integration_event_list_v1(%L, %L, ''{"search": ""}'')', a.admin, a.organization), 'PT400', 'filter.invalid');
  perform hera_test.raises(format('select hera_integration_event_list_v1(%L, %L, ''{"search": 17}'')', a.admin, a.organization), 'PT400', 'filter.invalid');
  perform hera_test.raises(format('select hera_integration_event_list_v1(%L, %L, ''{"search": "x", "limit": "y"}'')', a.admin, a.organization), 'PT400', 'filter.invalid');
  perform hera_test.raises(format('select hera_integration_event_list_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('search', repeat('x', 201))), 'PT400', 'filter.invalid');
end
$$;
