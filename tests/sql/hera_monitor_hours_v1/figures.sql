-- Every hour of the period is there, with what happened in it; the figures are those of the rows, rolled up or not.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "retry_policy": {"max_attempts": 1}}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v jsonb;
  v_before jsonb;
begin
  perform hera_test.webhook(b.organization, '{"topics": ["other.*"]}');
  -- In the first hour four of one organization arrive after 20 ms, and one of another; in the third, one is given up.
  perform hera_test.set_clock(v_start + interval '1 minute');
  perform hera_test.event(a.organization, 't', '{}', 'shop') from generate_series(1, 4);
  perform hera_test.event(b.organization, 't', '{}', 'other');
  perform hera_test.deliver(200, 20);
  perform hera_test.set_clock(v_start + interval '121 minutes');
  perform hera_test.event(a.organization, 't', '{}', 'shop');
  perform hera_test.deliver(500, 300);
  perform hera_test.set_clock(v_start + interval '150 minutes');

  v_before := hera_monitor_hours_v1(a.admin, a.organization, jsonb_build_object('since', v_start - interval '1 hour'));
  assert jsonb_array_length(v_before -> 'hours') = 4, v_before::text;
  assert (v_before #>> '{hours,0,hour}')::timestamptz = v_start - interval '1 hour';
  assert v_before #> '{hours,0}' @> '{"events": 0, "attempts": 0, "delivered": 0, "success_rate": null, "duration_p95_ms": null, "latency_p95_ms": null, "dead_letters": 0}';
  v := v_before #> '{hours,1}';
  assert v @> '{"events": 4, "attempts": 4, "retries": 0, "delivered": 4, "success_rate": 1, "dead_letters": 0}', v::text;
  assert hera_test.near((v ->> 'duration_p95_ms')::numeric, 20) and hera_test.near((v ->> 'latency_p50_ms')::numeric, 20), v::text;
  assert v_before #> '{hours,2}' @> '{"events": 0, "attempts": 0}';
  v := v_before #> '{hours,3}';
  assert v @> '{"events": 1, "attempts": 1, "delivered": 0, "success_rate": 0, "latency_p95_ms": null, "dead_letters": 1}', v::text;
  assert hera_test.near((v ->> 'duration_p95_ms')::numeric, 300), v::text;

  perform hera_outbox_maintain_v1();
  assert hera_monitor_hours_v1(a.admin, a.organization, jsonb_build_object('since', v_start - interval '1 hour')) = v_before, 'rolled up, the same';
  v := hera_monitor_hours_v1(hera_test.system(), hera_test.platform(), jsonb_build_object('since', v_start));
  assert v #> '{hours,0}' @> '{"events": 5, "attempts": 5}', v::text;
end
$$;
