-- Each delivery is counted by its status, and oldest_past_due_seconds tells how late the latest is.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"]}');
  v_fast uuid := hera_test.webhook(a.organization, '{"topics": ["fast.*"], "rate_limit_per_second": 1}');
  v_line uuid := hera_test.webhook(a.organization, '{"topics": ["line.*"], "ordering": "fifo"}');
  v jsonb := hera_outbox_get_stats_v1();
begin
  assert v = '{"success": true, "pending": 0, "in_flight": 0, "failed": 0, "delayed": 0, "delivered": 0, "attempts": 0, "window_hours": 24,
    "dlq": 0, "cancelled": 0, "disabled": 0, "blocked": 0, "oldest_past_due_seconds": null}', v::text;
  perform hera_test.move_clock('0');
  perform hera_test.event(a.organization);
  perform hera_test.move_clock('10 s');
  perform hera_test.event(a.organization);
  assert hera_outbox_get_stats_v1() @> '{"pending": 2}';
  assert (hera_outbox_get_stats_v1() ->> 'oldest_past_due_seconds')::numeric between 10 and 10.001;

  assert hera_test.send(200) @> '{"delivered": 2}';
  perform hera_test.event(a.organization, 't', '{}', 'fast') from generate_series(1, 3);
  perform hera_test.event(a.organization, 't', '{}', 'line') from generate_series(1, 3);
  perform hera_test.event(a.organization);
  assert hera_test.send(500) @> '{"claimed": 3, "failed": 3}';
  perform hera_test.event(a.organization);
  perform hera_outbox_claim_v1('w');
  perform hera_outbox_update_status_v1(f.delivery_id, 'cancelled', 0) from hera.outbox_fifo_wait f order by f.position desc limit 1;
  v := hera_outbox_get_stats_v1();
  assert v @> '{"pending": 1, "in_flight": 1, "failed": 3, "delayed": 2, "delivered": 2, "attempts": 5, "cancelled": 1, "dlq": 0}', v::text;
  perform hera_test.move_clock('30 s');
  assert (hera_outbox_get_stats_v1() ->> 'oldest_past_due_seconds')::numeric between 24 and 30, hera_outbox_get_stats_v1()::text;
  perform hera_test.move_clock('2 days');
  assert hera_outbox_get_stats_v1() @> '{"delivered": 0, "attempts": 0}';
end
$$;
