-- An attempt made outside the poller is logged and read like any other.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(a.organization, '{"topics": ["never"]}');
  v_foreign uuid := hera_test.webhook(b.organization);
  v_event uuid := hera_test.event(a.organization);
  v_delivery uuid := hera_test.delivery(v_event, v_webhook);
  v_call constant text := 'select hera_webhook_delivery_log_v1(%L, %L, %L, %s, ''x'', %s)';
begin
  perform hera_test.move_clock('0');
  assert hera_webhook_delivery_log_v1(v_event, v_webhook, a.organization, 503, repeat('x', 20000), 1, 250);
  assert hera_webhook_delivery_log_v1(v_event, v_webhook, a.organization, null, null, 2);
  assert hera_webhook_delivery_log_v1(v_event, v_webhook, a.organization, 200, 'ok', 3, -5);
  assert (select array_agg((t.attempt, t.status_code, t.error, length(t.response_body), t.duration_ms, hera_internal.now() - t.started_at)::text order by t.attempt)
    from hera.attempts t where t.delivery_id = v_delivery)
    = array['(1,503,,16384,250,00:00:00.25)', '(2,,no_answer,,0,00:00:00)', '(3,200,,2,0,00:00:00)'];
  assert (select array_agg(e.status order by e.entity_code) from core_entities e where e.entity_type = 'WEBHOOK_DELIVERY_LOG' and e.organization_id = a.organization)
    = array['failed', 'failed', 'delivered'];

  perform hera_test.raises(format(v_call, v_event, v_webhook, a.organization, 200, 0), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_event, v_webhook, a.organization, 200, 251), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_event, v_webhook, a.organization, 200, 'null'), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_event, v_webhook, a.organization, 99, 1), 'PT400', 'outbox.bad_status');
  perform hera_test.raises(format(v_call, v_event, v_webhook, a.organization, 600, 1), 'PT400', 'outbox.bad_status');
  perform hera_test.raises(format(v_call, v_event, v_webhook, b.organization, 200, 1), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, v_event, v_foreign, a.organization, 200, 1), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, v_event, v_foreign, b.organization, 200, 1), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, gen_random_uuid(), v_webhook, a.organization, 200, 1), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, v_event, v_webhook, null::text, 200, 1), 'PT404', 'not_found');
end
$$;
