-- Delivered and dead ones are sent again under their webhook-id, attempts go on, and nobody is queued twice.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 2, "initial_delay_ms": 0}}');
  v_delivered uuid := hera_test.delivery(hera_test.event(a.organization), v_hook);
  v_dead uuid;
  v jsonb;
  v_first jsonb;
  v_second jsonb;
  c record;
begin
  perform hera_test.move_clock('0');
  perform hera_test.send(200);
  v_dead := hera_test.delivery(hera_test.event(a.organization), v_hook);
  perform hera_test.send(500);
  perform hera_test.move_clock('1 s');
  perform hera_test.send(500);
  assert hera_test.place(v_dead) = 'dlq', hera_test.place(v_dead);
  v_first := hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'since', '2000-01-01')) -> 'replay';
  v_second := hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'since', '2000-01-01')) -> 'replay';
  v := hera_outbox_replay_step_v1();
  assert v @> '{"success": true, "advanced": 4}', v::text;
  perform hera_test.check_invariants();
  assert hera_test.place(v_dead) = 'ready' and hera_test.place(v_delivered) = 'ready';
  assert (select array_agg((r.attempt, r.base_attempt)::text order by r.delivery_id) from hera.outbox_ready r where r.organization_id = a.organization)
    = array['(2,1)', '(3,2)'];
  v_first := hera_replay_job_v1(a.admin, a.organization, 'GET', jsonb_build_object('id', v_first -> 'id')) -> 'replay';
  v_second := hera_replay_job_v1(a.admin, a.organization, 'GET', jsonb_build_object('id', v_second -> 'id')) -> 'replay';
  assert v_first ->> 'status' = 'completed' and v_second ->> 'status' = 'completed';
  -- The second found both under way.
  assert array[v_first ->> 'queued', v_first ->> 'skipped', v_second ->> 'queued', v_second ->> 'skipped'] in (
    array['2', '0', '0', '2'], array['0', '2', '2', '0']), v_first::text || v_second;
  assert v_first ->> 'remaining' = '0' and v_first ->> 'finished_at' is not null;

  for c in select * from hera_outbox_claim_v1('w') loop
    assert c.delivery_id in (v_delivered, v_dead);
    assert c.attempt = case c.delivery_id when v_dead then 3 else 2 end;
    perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], array[500], array[1], array[''], array[null::text], array[null::int]);
  end loop;
  -- A new set of attempts: max_attempts 2 are not used up by one failure.
  assert hera_test.place(v_dead) = 'scheduled' and hera_test.place(v_delivered) = 'scheduled';
  assert hera_outbox_replay_step_v1() @> '{"jobs": 0, "advanced": 0}';
end
$$;

-- Missed ones are first attempts; those tried 250 times and those whose event is gone are skipped, and a dead letter stays one.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["none"], "retry_policy": {"max_attempts": 1}}');
  v_missed uuid := hera_test.delivery(hera_test.event(a.organization), v_hook);
  v_gone uuid := hera_test.delivery(hera_test.event(a.organization), v_hook);
  v_tried uuid;
  v jsonb;
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"topics": ["*"]}', p_webhook_id => v_hook);
  v := hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'missed', true)) -> 'replay';
  assert v ->> 'total' = '2', v::text;
  delete from hera.events where id = hera_internal.delivery_event_id(v_gone);
  perform hera_outbox_replay_step_v1();
  v := hera_replay_job_v1(a.admin, a.organization, 'GET', jsonb_build_object('id', v -> 'id')) -> 'replay';
  assert v @> '{"queued": 1, "skipped": 1, "status": "completed"}', v::text;
  assert (select (r.attempt, r.base_attempt) = (1, 0) from hera.outbox_ready r where r.delivery_id = v_missed);

  perform hera_test.send(200);
  v_tried := hera_test.delivery(hera_test.event(a.organization), v_hook);
  perform hera_test.send(500);
  update hera.dead_letters set attempts = 250 where delivery_id = v_tried;
  v := hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('delivery_id', v_tried)) -> 'replay';
  perform hera_outbox_replay_step_v1();
  assert hera_replay_job_v1(a.admin, a.organization, 'GET', jsonb_build_object('id', v -> 'id')) -> 'replay' @> '{"queued": 0, "skipped": 1}';
  assert hera_test.place(v_tried) = 'dlq';
  perform hera_test.raises('select hera_outbox_replay_step_v1(0)', 'PT400', 'outbox.bad_limit');
end
$$;
