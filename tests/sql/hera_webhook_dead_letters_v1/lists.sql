-- What will not be sent unless replayed, with the event, newest first.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
  v_two uuid := hera_test.webhook(a.organization, '{"topics": ["other.*"]}');
  v_foreign uuid := hera_test.webhook(b.organization, '{"retry_policy": {"max_attempts": 1}}');
  v_event uuid;
  v jsonb;
begin
  perform hera_test.move_clock('0');
  v_event := hera_test.event(a.organization, 'paid', '{"n": 1}');
  perform hera_test.event(b.organization);
  perform hera_test.send(500);
  perform hera_test.move_clock('1 s');
  perform hera_test.event(a.organization, 'paid', '{"n": 2}');
  perform hera_test.send(null, 'blocked_address');
  v := hera_webhook_dead_letters_v1(a.admin, a.organization);
  assert jsonb_path_query_array(v, '$.dead_letters[*].event_data.n') = '[2, 1]', v::text;
  assert v #> '{dead_letters,1}' @> jsonb_build_object('id', hera_test.delivery(v_event, v_webhook), 'event_id', v_event, 'webhook_id', v_webhook, 'status', 'dlq', 'reason', 'attempts_exhausted',
    'attempts', 1, 'last_status_code', 500, 'last_error', null, 'topic', 'shop.paid');
  assert (v #>> '{dead_letters,0,dead_since}')::timestamptz = hera_internal.now();
  assert jsonb_path_query_array(hera_webhook_dead_letters_v1(a.admin, a.organization, '{"status": "blocked"}'), '$.dead_letters[*].event_data.n') = '[2]';
  assert jsonb_path_query_array(hera_webhook_dead_letters_v1(a.admin, a.organization, '{"cause": "500"}'), '$.dead_letters[*].event_data.n') = '[1]';
  assert jsonb_path_query_array(hera_webhook_dead_letters_v1(a.admin, a.organization, '{"cause": "blocked_address", "reason": "blocked_address"}'), '$.dead_letters[*].event_data.n') = '[2]';
  assert hera_webhook_dead_letters_v1(a.admin, a.organization, '{"cause": "500", "reason": "blocked_address"}') -> 'dead_letters' = '[]';
  assert hera_webhook_dead_letters_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_two)) -> 'dead_letters' = '[]';
  perform hera_test.raises(format('select hera_webhook_dead_letters_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('webhook_id', v_foreign)), 'PT404', 'not_found');
  v := hera_webhook_dead_letters_v1(a.admin, a.organization, '{"limit": 1}');
  assert jsonb_path_query_array(hera_webhook_dead_letters_v1(a.admin, a.organization, jsonb_build_object('limit', 1, 'cursor', v -> 'next_cursor')), '$.dead_letters[*].event_data.n') = '[1]';
end
$$;
