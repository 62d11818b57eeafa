-- The slowest first; what a rate limit put off is counted, of retries too, and only that.
do $$
declare
  a record := hera_test.organization('A');
  v_quick uuid := hera_test.webhook(a.organization, '{"topics": ["quick.*"]}');
  v_slow uuid := hera_test.webhook(a.organization, '{"topics": ["slow.*"]}');
  v_limited uuid := hera_test.webhook(a.organization, '{"topics": ["limited.*"], "rate_limit_per_second": 2}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v jsonb;
begin
  perform hera_test.set_clock(v_start);
  for h in 0 .. 3 loop
    perform hera_test.set_clock(v_start + h * interval '1 hour');
    perform hera_test.event(a.organization, 't', '{}', 'quick');
    perform hera_test.deliver(200, 10);
    perform hera_test.event(a.organization, 't', '{}', 'slow');
    perform hera_test.deliver(200, 5000);
  end loop;
  perform hera_test.event(a.organization, 't', '{}', 'limited') from generate_series(1, 5);
  assert hera_test.deliver(200, 100) = 2, 'three put off';
  v := hera_monitor_webhooks_v1(a.admin, a.organization);
  assert (select array_agg((w ->> 'webhook_id')::uuid order by n) from jsonb_array_elements(v -> 'webhooks') with ordinality x (w, n)) = array[v_slow, v_limited, v_quick], v::text;
  assert v #> '{webhooks,0}' @> '{"attempts": 4, "delivered": 4, "success_rate": 1, "rate_limit_put_off": 0, "rate_limit_per_second": null}', v::text;
  assert hera_test.near((v #>> '{webhooks,0,duration_p95_ms}')::numeric, 5000) and hera_test.near((v #>> '{webhooks,2,duration_p50_ms}')::numeric, 10);
  assert v #> '{webhooks,1}' @> '{"attempts": 2, "rate_limit_put_off": 3, "rate_limit_per_second": 2}', v::text;
  assert (v #>> '{webhooks,1,rate_limit_last_put_off_at}')::timestamptz = hera_internal.now() - interval '100 ms';
  assert hera_monitor_overview_v1(a.admin, a.organization) @> '{"delayed": 3, "rate_limit_put_off": 3}';
  perform hera_test.move_clock('1 s');
  assert hera_test.deliver(503, 100) = 2, 'the third is not due yet';
  assert (select put_off from hera_monitor_rate_limits where webhook_id = v_limited) = 3;
  perform hera_test.move_clock('1 hour');
  assert hera_test.deliver(200, 100) = 2 and hera_test.deliver(200, 100) = 0, 'three were due, one is put off';
  assert (select put_off from hera_monitor_rate_limits where webhook_id = v_limited) = 4;
  perform hera_test.move_clock('1 hour');
  assert hera_test.deliver(200, 100) = 1;
  assert (select put_off from hera_monitor_rate_limits where webhook_id = v_limited) = 4, 'within the limit nothing is counted';
end
$$;
