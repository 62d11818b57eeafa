-- What each kind of replay sends: count and job agree.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "filter": "$.n < 100", "retry_policy": {"max_attempts": 1}}');
  v_other uuid := hera_test.webhook(a.organization, '{"topics": ["other.*"], "retry_policy": {"max_attempts": 1}}');
  v_dead uuid;
  v_delivered uuid;
  v_waiting uuid;
  v_events uuid[];
  v jsonb;
  v_case record;
begin
  v_events := v_events || hera_test.event(a.organization, 'order.paid', '{"n": 1}') || hera_test.event(a.organization, 'order.paid', '{"n": 2}');
  perform hera_test.send(200);
  v_events := v_events || hera_test.event(a.organization, 'order.paid', '{"n": 3}');
  perform hera_test.event(a.organization, 'x', '{}', 'other');
  perform hera_test.send(500);
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_hook);
  -- Missed while the webhook was off; one more that its filter refuses, one of another topic.
  v_events := v_events || hera_test.event(a.organization, 'order.paid', '{"n": 4}');
  perform hera_test.event(a.organization, 'order.paid', '{"n": 100}');
  perform hera_test.event(a.organization, 'x', '{"n": 1}', 'other');
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_hook);
  v_events := v_events || hera_test.event(a.organization, 'order.paid', '{"n": 5}');
  v_delivered := hera_test.delivery(v_events[1], v_hook);
  v_dead := hera_test.delivery(v_events[3], v_hook);
  v_waiting := hera_test.delivery(v_events[5], v_hook);
  assert hera_test.place(v_dead) = 'dlq' and hera_test.place(v_delivered) is null and hera_test.place(v_waiting) = 'ready';

  for v_case in
    select * from (values
      ('delivery', jsonb_build_object('delivery_id', v_delivered), array[1]),
      ('delivery', jsonb_build_object('delivery_id', v_dead), array[3]),
      ('dead_letters', jsonb_build_object('webhook_id', v_hook, 'dead_letters', true), array[3]),
      ('period', jsonb_build_object('webhook_id', v_hook, 'since', '2000-01-01'), array[1, 2, 3]),
      ('period', jsonb_build_object('webhook_id', v_hook, 'since', hera_internal.id_time(v_events[2]) + interval '1 ms'), array[3]),
      ('missed', jsonb_build_object('webhook_id', v_hook, 'missed', true), array[4]),
      ('missed', jsonb_build_object('webhook_id', v_hook, 'missed', true, 'since', '2000-01-01'), array[4])
    ) as c (kind, request, sends)
  loop
    v := hera_replay_job_v1(a.admin, a.organization, 'COUNT', v_case.request);
    assert v ->> 'kind' = v_case.kind and (v ->> 'count')::int = cardinality(v_case.sends), v_case::text || v;
    v := hera_replay_job_v1(a.admin, a.organization, 'CREATE', v_case.request) -> 'replay';
    assert (v ->> 'total')::int = cardinality(v_case.sends) and v ->> 'status' = 'running' and v ->> 'kind' = v_case.kind, v_case::text || v;
    assert (select array_agg(i.delivery_id order by i.position) from hera.replay_items i where i.job_id = (v ->> 'id')::uuid)
      = (select array_agg(hera_test.delivery(v_events[n], v_hook) order by n) from unnest(v_case.sends) n), v_case::text;
    assert (select l.target_id from hera.audit_log l where l.organization_id = a.organization and l.function_name = 'hera_replay_job_v1'
      and l.operation = 'CREATE' order by l.id desc limit 1) = (v ->> 'id')::uuid;
    perform hera_replay_job_v1(a.admin, a.organization, 'CANCEL', jsonb_build_object('id', v -> 'id'));
  end loop;

  -- Nothing to send: under way, or no such thing.
  v := hera_replay_job_v1(a.admin, a.organization, 'COUNT', jsonb_build_object('delivery_id', v_waiting));
  assert v ->> 'count' = '0';
  perform hera_test.raises(format('select hera_replay_job_v1(%L, %L, ''CREATE'', %L)', a.admin, a.organization,
    jsonb_build_object('delivery_id', v_waiting)), 'PT409', 'replay.empty');
  perform hera_test.raises(format('select hera_replay_job_v1(%L, %L, ''CREATE'', %L)', a.admin, a.organization,
    jsonb_build_object('webhook_id', v_hook, 'since', '2100-01-01')), 'PT409', 'replay.empty');
  -- A refused one leaves nothing behind.
  assert not exists (select from hera.replay_jobs j where j.organization_id = a.organization and j.status = 'running');
end
$$;

-- What died without an attempt, since the webhook was disabled, is a dead letter and was not missed.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization);
begin
  perform hera_test.event(a.organization);
  perform hera_test.send(410);
  perform hera_test.event(a.organization);
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_hook);
  assert hera_replay_job_v1(a.admin, a.organization, 'COUNT', jsonb_build_object('webhook_id', v_hook, 'missed', true)) ->> 'count' = '0';
  assert hera_replay_job_v1(a.admin, a.organization, 'COUNT', jsonb_build_object('webhook_id', v_hook, 'dead_letters', true)) ->> 'count' = '2';
end
$$;

-- What retention has taken of attempts does not look missed.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization);
  v jsonb;
begin
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings', '{"retention": {"attempts": 10}}'::jsonb));
  perform hera_test.move_clock('0');
  v := hera_replay_job_v1(a.admin, a.organization, 'COUNT', jsonb_build_object('webhook_id', v_hook, 'missed', true, 'since', '2000-01-01'));
  assert (v ->> 'since')::timestamptz = hera_internal.now() - interval '10 days', v::text;
end
$$;
