-- The loudest organization and the slowest webhook come first, with their hours; a limit cuts the lists and not the figures.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_quick uuid := hera_test.webhook(a.organization, '{"topics": ["quick.*"]}');
  v_slow uuid := hera_test.webhook(a.organization, '{"topics": ["slow.*"]}');
  v_other uuid := hera_test.webhook(b.organization, '{"topics": ["any.*"]}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v jsonb;
begin
  perform hera_test.set_clock(v_start + interval '1 minute');
  perform hera_test.event(a.organization, 't', '{}', 'quick') from generate_series(1, 3);
  perform hera_test.deliver(200, 10);
  perform hera_test.event(a.organization, 't', '{}', 'slow');
  perform hera_test.deliver(200, 2000);
  perform hera_test.set_clock(v_start + interval '61 minutes');
  perform hera_test.event(b.organization, 't', '{}', 'any') from generate_series(1, 4);
  perform hera_test.deliver(500, 100);
  delete from hera.outbox_scheduled;
  perform hera_test.event(a.organization, 't', '{}', 'slow');
  perform hera_test.deliver(200, 30);
  perform hera_test.set_clock(v_start + interval '90 minutes');

  v := hera_monitor_heat_v1(hera_test.system(), hera_test.platform());
  assert jsonb_path_query_array(v, '$.organizations[*].organization_name') = '["A", "B"]', v::text;
  assert v #> '{organizations,0}' @> jsonb_build_object('organization_id', a.organization, 'attempts', 5)
    and jsonb_path_query_array(v, '$.organizations[0].hours[*].attempts') = '[4, 1]', v::text;
  assert v #> '{organizations,1,hours}' @> '[{"attempts": 4, "failed": 4}]' and jsonb_array_length(v #> '{organizations,1,hours}') = 1, v::text;
  assert (v #>> '{organizations,1,hours,0,hour}')::timestamptz = v_start + interval '1 hour';
  assert jsonb_path_query_array(v, '$.webhooks[*].webhook_id') = jsonb_build_array(v_slow, v_other, v_quick), v::text;
  assert hera_test.near((v #>> '{webhooks,0,duration_p95_ms}')::numeric, 2000) and hera_test.near((v #>> '{webhooks,0,hours,0,duration_p95_ms}')::numeric, 2000)
    and hera_test.near((v #>> '{webhooks,0,hours,1,duration_p95_ms}')::numeric, 30), v::text;

  v := hera_monitor_heat_v1(hera_test.system(), hera_test.platform(), '{"limit": 1}');
  assert jsonb_array_length(v -> 'organizations') = 1 and jsonb_array_length(v -> 'webhooks') = 1 and v #> '{organizations,0,attempts}' = '5', v::text;
  v := hera_monitor_heat_v1(b.admin, b.organization);
  assert jsonb_path_query_array(v, '$.organizations[*].organization_id') = jsonb_build_array(b.organization)
    and jsonb_path_query_array(v, '$.webhooks[*].webhook_id') = jsonb_build_array(v_other), v::text;
end
$$;
