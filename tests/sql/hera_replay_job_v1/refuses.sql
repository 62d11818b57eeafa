do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
  v_foreign uuid := hera_test.webhook(b.organization);
  v_event uuid := hera_test.event(a.organization);
  v_job jsonb;
  v_case record;
  v_call constant text := 'select hera_replay_job_v1(%L, %L, %L, %L)';
begin
  perform hera_test.send(500);
  for v_case in
    select * from (values
      ('PT400', 'replay.invalid', '{}'),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s"}', v_hook)),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s", "dead_letters": true, "missed": true}', v_hook)),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s", "dead_letters": false}', v_hook)),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s", "missed": "yes"}', v_hook)),
      ('PT400', 'replay.invalid', format('{"delivery_id": "%s", "webhook_id": "%s"}', v_event, v_hook)),
      ('PT400', 'replay.invalid', '{"dead_letters": true}'),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s", "dead_letters": true, "per_second": 0}', v_hook)),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s", "dead_letters": true, "per_second": 1001}', v_hook)),
      ('PT400', 'replay.invalid', format('{"webhook_id": "%s", "dead_letters": true, "per_second": "fast"}', v_hook)),
      ('PT400', 'replay.unknown', format('{"webhook_id": "%s", "dead_letters": true, "rate": 1}', v_hook)),
      ('PT400', 'field.invalid', '{"webhook_id": "x", "dead_letters": true}'),
      ('PT400', 'field.invalid', format('{"webhook_id": "%s", "since": "yesterday-ish"}', v_hook)),
      ('PT404', 'not_found', format('{"webhook_id": "%s", "dead_letters": true}', v_foreign)),
      ('PT404', 'not_found', format('{"webhook_id": "%s", "dead_letters": true}', gen_random_uuid())),
      ('PT404', 'not_found', format('{"delivery_id": "%s"}', v_event))
    ) as c (sqlstate, code, request)
  loop
    perform hera_test.raises(format(v_call, a.admin, a.organization, 'COUNT', v_case.request), v_case.sqlstate, v_case.code);
    perform hera_test.raises(format(v_call, a.admin, a.organization, 'CREATE', v_case.request), v_case.sqlstate, v_case.code);
  end loop;
  perform hera_test.raises(format(v_call, a.admin, a.organization, 'DELETE', '{}'), 'PT400', 'operation.unknown');

  -- A delivery of another organization is not there, even where the webhook's number is.
  perform hera_test.raises(format(v_call, b.admin, b.organization, 'CREATE',
    jsonb_build_object('delivery_id', hera_test.delivery(v_event, v_hook))), 'PT409', 'replay.empty');

  v_job := hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'dead_letters', true)) -> 'replay';
  foreach v_case.code in array array['GET', 'PAUSE', 'RESUME', 'CANCEL'] loop
    perform hera_test.raises(format(v_call, b.admin, b.organization, v_case.code, jsonb_build_object('id', v_job -> 'id')), 'PT404', 'not_found');
    perform hera_test.raises(format(v_call, a.admin, a.organization, v_case.code, jsonb_build_object('id', gen_random_uuid())), 'PT404', 'not_found');
    perform hera_test.raises(format(v_call, a.admin, a.organization, v_case.code, '{"job": 1}'), 'PT400', 'replay.unknown');
    perform hera_test.raises(format(v_call, a.admin, a.organization, v_case.code, '{"id": "x"}'), 'PT400', 'field.invalid');
  end loop;
  assert hera_replay_job_v1(b.admin, b.organization) -> 'replays' = '[]';

  foreach v_case.code in array array['COUNT', 'CREATE', 'GET', 'LIST', 'PAUSE', 'RESUME', 'CANCEL'] loop
    perform hera_test.raises(format(v_call, hera_test.member(a.organization), a.organization, v_case.code, '{}'), 'PT403', 'permission_denied');
  end loop;
  perform hera_replay_job_v1(hera_test.member(a.organization, 'integration_manager'), a.organization, 'LIST');

  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_hook);
  perform hera_test.raises(format(v_call, a.admin, a.organization, 'CREATE',
    jsonb_build_object('webhook_id', v_hook, 'dead_letters', true)), 'PT409', 'webhook.inactive');
  perform hera_test.raises(format(v_call, a.admin, a.organization, 'RESUME', jsonb_build_object('id', v_job -> 'id')), 'PT409', 'webhook.inactive');
  perform hera_replay_job_v1(a.admin, a.organization, 'CANCEL', jsonb_build_object('id', v_job -> 'id'));
  foreach v_case.code in array array['PAUSE', 'RESUME', 'CANCEL'] loop
    perform hera_test.raises(format(v_call, a.admin, a.organization, v_case.code, jsonb_build_object('id', v_job -> 'id')), 'PT409', 'replay.finished');
  end loop;
end
$$;
