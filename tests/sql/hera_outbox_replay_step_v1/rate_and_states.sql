-- The rate holds whatever the tick; pausing stops, resuming saves nothing up, cancelling ends.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["none"]}');
  v_id jsonb;
  v jsonb;
begin
  perform hera_test.move_clock('0');
  for i in 1 .. 100 loop
    perform hera_test.event(a.organization);
  end loop;
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"topics": ["*"]}', p_webhook_id => v_hook);
  v_id := hera_replay_job_v1(a.admin, a.organization, 'CREATE',
    jsonb_build_object('webhook_id', v_hook, 'missed', true, 'per_second', 4)) #> '{replay,id}';
  v_id := jsonb_build_object('id', v_id);

  assert hera_outbox_replay_step_v1() ->> 'advanced' = '4';
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '0';
  perform hera_test.move_clock('0.5 s');
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '2';
  perform hera_test.move_clock('5 s');
  assert hera_outbox_replay_step_v1(7) ->> 'advanced' = '7';
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '13';
  -- At most ten seconds are saved up.
  perform hera_test.move_clock('1 hour');
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '40';

  v := hera_replay_job_v1(a.admin, a.organization, 'PAUSE', v_id) -> 'replay';
  assert v @> '{"status": "paused", "queued": 66, "remaining": 34}', v::text;
  perform hera_test.move_clock('1 hour');
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '0';
  perform hera_replay_job_v1(a.admin, a.organization, 'RESUME', v_id);
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '4';
  assert jsonb_array_length(hera_replay_job_v1(a.admin, a.organization, 'LIST', '{"status": "running"}') -> 'replays') = 1;

  -- A webhook that is off stops its replays.
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_hook);
  perform hera_test.move_clock('10 s');
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '0';
  assert hera_replay_job_v1(a.admin, a.organization, 'GET', v_id) -> 'replay' @> '{"status": "paused", "status_reason": "webhook_inactive"}';
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_hook);
  assert hera_replay_job_v1(a.admin, a.organization, 'RESUME', v_id) -> 'replay' @> '{"status": "running", "status_reason": null}';

  v := hera_replay_job_v1(a.admin, a.organization, 'CANCEL', v_id) -> 'replay';
  assert v @> '{"status": "cancelled", "queued": 70, "remaining": 30}' and v ->> 'finished_at' is not null, v::text;
  perform hera_test.move_clock('10 s');
  assert hera_outbox_replay_step_v1() ->> 'advanced' = '0';
  assert (select count(*) from hera.outbox_ready r where r.organization_id = a.organization) = 70;
  perform hera_test.check_invariants();
end
$$;

-- Replays of several organizations go side by side within one limit, each at its own rate.
do $$
declare
  o record;
  v_hook uuid;
  v_hooks uuid[];
begin
  perform hera_test.move_clock('0');
  for o in select x.* from generate_series(1, 3) g cross join lateral hera_test.organization('O' || g) x loop
    v_hook := hera_test.webhook(o.organization, '{"topics": ["none"]}');
    v_hooks := v_hooks || v_hook;
    for i in 1 .. 20 loop
      perform hera_test.event(o.organization);
    end loop;
    perform hera_webhook_config_v1(o.admin, o.organization, 'UPDATE', '{"topics": ["*"]}', p_webhook_id => v_hook);
    perform hera_replay_job_v1(o.admin, o.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'missed', true, 'per_second', 5));
  end loop;
  assert hera_outbox_replay_step_v1() @> '{"jobs": 3, "advanced": 15}';
  perform hera_test.move_clock('4 s');
  assert hera_outbox_replay_step_v1() @> '{"jobs": 3, "advanced": 45}';
  assert (select count(*) from hera.replay_jobs j where j.webhook_id = any (v_hooks) and j.status = 'completed') = 3;
end
$$;
