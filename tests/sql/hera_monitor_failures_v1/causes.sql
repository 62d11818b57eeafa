-- Failed attempts and retries by cause, and the dead letters that stand; a replay takes a dead letter away and no attempt.
do $$
declare
  a record := hera_test.organization('A');
  v_one uuid := hera_test.webhook(a.organization, '{"topics": ["one.*"], "retry_policy": {"max_attempts": 3, "initial_delay_ms": 1000}}');
  v_two uuid := hera_test.webhook(a.organization, '{"topics": ["two.*"], "retry_policy": {"max_attempts": 1, "initial_delay_ms": 1000}}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v_before jsonb;
begin
  perform hera_test.set_clock(v_start);
  perform hera_test.event(a.organization, 't', '{}', 'one') from generate_series(1, 3);
  perform hera_test.deliver(503, 10);
  perform hera_test.move_clock('1 minute');
  perform hera_test.deliver(null, 10, 'timeout');
  perform hera_test.move_clock('1 minute');
  perform hera_test.deliver(503, 10);
  perform hera_test.event(a.organization, 't', '{}', 'two') from generate_series(1, 2);
  perform hera_test.deliver(null, 10, 'blocked_address');
  perform hera_test.event(a.organization, 't', '{}', 'one');
  perform hera_test.deliver(200, 10);

  v_before := hera_monitor_failures_v1(a.admin, a.organization);
  assert v_before @> '{"attempts": 12, "retries": 6}', v_before::text;
  assert v_before -> 'failed_attempts' = '[{"cause": "503", "attempts": 6, "retries": 3}, {"cause": "timeout", "attempts": 3, "retries": 3},
    {"cause": "blocked_address", "attempts": 2, "retries": 0}]', v_before::text;
  assert (select jsonb_agg(d - 'oldest' - 'newest') from jsonb_array_elements(v_before -> 'dead_letters') d)
    = '[{"status": "dlq", "reason": "attempts_exhausted", "cause": "503", "deliveries": 3},
        {"status": "blocked", "reason": "blocked_address", "cause": "blocked_address", "deliveries": 2}]', v_before::text;
  assert (select jsonb_agg(d - 'oldest' - 'newest' - 'url' - 'organization_name') from jsonb_array_elements(v_before -> 'dead_letter_webhooks') d)
    = jsonb_build_array(jsonb_build_object('organization_id', a.organization, 'webhook_id', v_one, 'status', 'active', 'deliveries', 3),
      jsonb_build_object('organization_id', a.organization, 'webhook_id', v_two, 'status', 'active', 'deliveries', 2)), v_before::text;
  assert hera_monitor_failures_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_two)) @> '{"attempts": 2, "retries": 0}';
  assert jsonb_array_length(hera_monitor_failures_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_two)) -> 'dead_letters') = 1;

  perform hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_one));
  perform hera_outbox_maintain_v1();
  assert hera_monitor_failures_v1(a.admin, a.organization) - 'dead_letters' - 'dead_letter_webhooks' = v_before - 'dead_letters' - 'dead_letter_webhooks';
  assert jsonb_array_length(hera_monitor_failures_v1(a.admin, a.organization) -> 'dead_letters') = 1;
  perform hera_test.set_clock(v_start + interval '30 hours');
  assert hera_monitor_failures_v1(a.admin, a.organization) @> '{"attempts": 0, "retries": 0, "failed_attempts": []}', 'a day ago';
end
$$;
