-- The headline numbers agree with what was done.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
  v jsonb;
begin
  v := hera_monitor_overview_v1(a.admin, a.organization);
  assert v @> '{"success": true, "events": 0, "attempts": 0, "success_rate": null, "duration_p50_ms": null, "latency_p50_ms": null, "pending": 0,
    "oldest_past_due_seconds": null, "dlq": 0, "webhooks_active": 1, "webhooks_disabled": 0, "installations": 0, "alerts": []}', v::text;
  perform hera_test.set_clock(hera_internal.hour_of(hera_internal.now()) - interval '2 hours');
  for i in 1 .. 20 loop
    perform hera_test.event(a.organization);
    perform hera_test.deliver(200, 10 * i);
  end loop;
  v := hera_monitor_overview_v1(a.admin, a.organization);
  assert v @> '{"events": 20, "events_failed": 0, "first_delivered": 20, "attempts": 20, "delivered": 20, "retries": 0, "success_rate": 1, "alerts": []}', v::text;
  assert hera_test.near((v ->> 'duration_p50_ms')::numeric, 100) and hera_test.near((v ->> 'duration_p95_ms')::numeric, 190), v::text;
  assert hera_test.near((v ->> 'latency_p50_ms')::numeric, 100) and hera_test.near((v ->> 'latency_p95_ms')::numeric, 190), v::text;
  perform hera_test.event(a.organization);
  perform hera_test.deliver(410, 10);
  v := hera_monitor_overview_v1(a.admin, a.organization);
  assert v @> '{"events": 21, "attempts": 21, "delivered": 20, "success_rate": 0.9524, "dlq": 1, "webhooks_active": 0, "webhooks_disabled": 1,
    "alerts": ["dead_letters", "webhook_disabled"]}', v::text;
end
$$;
