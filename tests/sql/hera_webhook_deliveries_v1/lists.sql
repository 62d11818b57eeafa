-- Every place a delivery can stand in is a status here, with the reason where nothing is being sent.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid;
  v_ids uuid[];
  v jsonb;
  v_case record;
begin
  perform hera_test.move_clock('0');
  perform hera_test.webhook(b.organization);
  perform hera_test.event(b.organization);
  v_webhook := hera_test.webhook(a.organization, '{"topics": ["a.*"]}');
  for n in 1 .. 6 loop
    perform hera_test.move_clock('1 s');
    v_ids[n] := hera_test.delivery(hera_test.event(a.organization, 't', '{}', 'a'), v_webhook);
  end loop;
  perform hera_outbox_claim_v1('w', 7, 0, 3600);
  perform hera_outbox_finish_v1(array(select l.id from hera.outbox_leases l cross join generate_series(1, 5)), v_ids[1:5], '{200,500,410,null,500}', '{1,2,3,4,5}', '{x,x,x,x,x}',
    '{null,null,null,blocked_address,null}', '{null,null,null,null,null}');
  perform hera_outbox_update_status_v1(v_ids[5], 'cancelled', 1);
  update hera.webhooks set status = 'active' where id = v_webhook;
  v_ids[7] := hera_test.delivery(hera_test.event(a.organization, 't', '{}', 'a'), v_webhook);

  v := hera_webhook_deliveries_v1(a.admin, a.organization) -> 'deliveries';
  assert (select array_agg((d ->> 'id')::uuid order by n) from jsonb_array_elements(v) with ordinality x (d, n)) = array(select unnest(v_ids) order by 1 desc);
  assert (select jsonb_object_agg(array_position(v_ids, (d ->> 'id')::uuid), jsonb_build_array(d -> 'status', d -> 'reason', d -> 'attempts', d -> 'last_status_code', d -> 'last_error')) from jsonb_array_elements(v) d)
    = '{"1": ["delivered", null, 1, 200, null], "2": ["failed", null, 1, null, null], "3": ["dlq", "gone", 1, 410, null], "4": ["blocked", "blocked_address", 1, null, "blocked_address"],
      "5": ["cancelled", "set_by_operator", 1, null, null], "6": ["in_flight", null, 0, null, null], "7": ["pending", null, 0, null, null]}', v::text;
  assert (select count(*) from jsonb_array_elements(v) d where d -> 'next_attempt_at' <> 'null') = 1;
  for v_case in
    select * from (values ('delivered', 1), ('failed', 2), ('dlq', 3), ('blocked', 4), ('cancelled', 5), ('in_flight', 6), ('pending', 7)) as c (status, n)
  loop
    assert jsonb_path_query_array(hera_webhook_deliveries_v1(a.admin, a.organization, jsonb_build_object('status', v_case.status)), '$.deliveries[*].id') = jsonb_build_array(v_ids[v_case.n]), v_case::text;
  end loop;
  assert jsonb_path_query_array(hera_webhook_deliveries_v1(a.admin, a.organization, jsonb_build_object('event_id', hera_internal.delivery_event_id(v_ids[3]))), '$.deliveries[*].id') = jsonb_build_array(v_ids[3]);
  assert jsonb_array_length(hera_webhook_deliveries_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_webhook)) -> 'deliveries') = 7;

  -- Pages: 3, 3, 1, each delivery once.
  v := hera_webhook_deliveries_v1(a.admin, a.organization, '{"limit": 3}');
  assert jsonb_path_query_array(v, '$.deliveries[*].id') = to_jsonb((array(select unnest(v_ids) order by 1 desc))[1:3]);
  v := hera_webhook_deliveries_v1(a.admin, a.organization, jsonb_build_object('limit', 3, 'cursor', v -> 'next_cursor'));
  assert jsonb_path_query_array(v, '$.deliveries[*].id') = to_jsonb((array(select unnest(v_ids) order by 1 desc))[4:6]);
  v := hera_webhook_deliveries_v1(a.admin, a.organization, jsonb_build_object('limit', 3, 'cursor', v -> 'next_cursor'));
  assert jsonb_path_query_array(v, '$.deliveries[*].id') = to_jsonb((array(select unnest(v_ids) order by 1 desc))[7:7]) and v -> 'next_cursor' = 'null';
end
$$;
