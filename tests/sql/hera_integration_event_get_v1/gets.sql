-- One event with its deliveries; another organization's and a missing one can't be told apart.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_one uuid := hera_test.webhook(a.organization);
  v_two uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_event uuid := hera_test.event(a.organization, 'paid', '{"n": 1}');
  v_other uuid := hera_test.event(a.organization);
  v_foreign uuid := hera_test.event(b.organization);
  v jsonb := hera_integration_event_get_v1(a.admin, a.organization, v_event);
  v_call constant text := 'select hera_integration_event_get_v1(%L, %L, %L)';
begin
  assert v #> '{event}' @> jsonb_build_object('id', v_event, 'topic', 'shop.paid', 'event_data', '{"n": 1}'::jsonb, 'deliveries', 2), v::text;
  assert (select jsonb_agg(jsonb_build_array(d -> 'id', d -> 'webhook_id', d -> 'status', d -> 'reason')) from jsonb_array_elements(v #> '{event,deliveries_detail}') d)
    = jsonb_build_array(jsonb_build_array(hera_test.delivery(v_event, v_one), v_one, 'pending', null), jsonb_build_array(hera_test.delivery(v_event, v_two), v_two, 'pending', 'fifo')), v::text;
  perform hera_test.raises(format(v_call, a.admin, a.organization, v_foreign), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, a.admin, a.organization, gen_random_uuid()), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, a.admin, a.organization, null::text), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, a.admin, b.organization, v_foreign), 'PT403', 'actor_not_member');
end
$$;
