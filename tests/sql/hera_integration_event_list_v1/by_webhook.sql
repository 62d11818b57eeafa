-- Events that went to a webhook, wherever their delivery stands; other filters and pages hold with it.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "retry_policy": {"max_attempts": 1}}');
  v_other uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*", "crm.*"]}');
  v_sent uuid := hera_test.event(a.organization);
  v_dead uuid;
  v_ready uuid;
  v jsonb;
begin
  perform hera_test.send(200);
  v_dead := hera_test.event(a.organization, 'order.sent');
  perform hera_test.send(500);
  perform hera_test.event(a.organization, p_source => 'crm');
  v_ready := hera_test.event(a.organization);
  v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_hook));
  assert jsonb_path_query_array(v, '$.events[*].id') = jsonb_build_array(v_ready, v_dead, v_sent), v::text;
  assert jsonb_array_length(hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_other)) -> 'events') = 4;
  v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_hook, 'event_type', 'order.paid', 'limit', 1));
  assert v #>> '{events,0,id}' = v_ready::text;
  v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_hook, 'event_type', 'order.paid', 'limit', 1, 'cursor', v -> 'next_cursor'));
  assert v #>> '{events,0,id}' = v_sent::text;
  perform hera_test.raises(format('select hera_integration_event_list_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('webhook_id', w)), 'PT404', 'not_found')
  from unnest(array[gen_random_uuid(), hera_test.webhook(b.organization)]) w;
end
$$;
