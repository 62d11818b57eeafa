-- What is older than the policy goes, row by row where an organization keeps it shorter than others; open deliveries keep their events.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "retry_policy": {"max_attempts": 1}}');
  v_slow uuid := hera_test.webhook(a.organization, '{"topics": ["slow.*"], "retry_policy": {"max_attempts": 2, "initial_delay_ms": 86400000, "max_delay_ms": 86400000}}');
  v_plain uuid;
  v_delivered uuid;
  v_dead uuid;
  v_scheduled uuid;
  v_replayed uuid;
  v_foreign uuid;
  v jsonb;
begin
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings',
    '{"retention": {"events": 10, "attempts": 5, "dead_letters": 20, "idempotency_keys": 10}}'::jsonb));
  v_plain := (hera_integration_event_in_v1(a.admin, a.organization, 'none', 'x', p_idempotency_key => 'k') ->> 'event_id')::uuid;
  v_delivered := hera_test.event(a.organization);
  perform hera_test.send(200);
  v_dead := hera_test.event(a.organization);
  v_scheduled := hera_test.event(a.organization, p_source => 'slow');
  perform hera_test.send(500);
  v_replayed := hera_test.event(a.organization, 'y', '{}', 'none');
  v_foreign := hera_test.event(b.organization);
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"topics": ["shop.*", "none.y"]}', p_webhook_id => v_hook);
  v := hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'missed', true)) -> 'replay';
  perform hera_replay_job_v1(a.admin, a.organization, 'PAUSE', jsonb_build_object('id', v -> 'id'));

  perform hera_test.move_clock('4 days');
  v := hera_outbox_maintain_v1();
  assert v -> 'success' = 'true' and v #> '{retention,deleted}' = '{}', v::text;
  perform hera_test.move_clock('2 days');
  v := hera_outbox_maintain_v1();
  assert v #> '{retention,deleted}' = '{"attempts": 3}' and v #> '{retention,more}' = 'false', v::text;
  perform hera_test.move_clock('5 days');
  v := hera_outbox_maintain_v1();
  assert v #> '{retention,deleted}' = '{"events": 2, "idempotency_keys": 1}', v::text;
  assert not exists (select from hera.events e where e.id in (v_plain, v_delivered));
  assert (select count(*) from hera.events e where e.id in (v_dead, v_scheduled, v_replayed, v_foreign)) = 4;
  -- Once a day is enough.
  assert hera_outbox_maintain_v1() #> '{retention,deleted}' = '{}';
  -- A replay that is over keeps nothing.
  perform hera_replay_job_v1(a.admin, a.organization, 'CANCEL',
    jsonb_build_object('id', hera_replay_job_v1(a.admin, a.organization) #> '{replays,0,id}'));
  perform hera_test.move_clock('1 day');
  assert hera_outbox_maintain_v1() #> '{retention,deleted}' = '{"events": 1}';
  -- When the dead letter's own time is over, it goes, and its event with it.
  perform hera_test.move_clock('10 days');
  v := hera_outbox_maintain_v1();
  assert v #> '{retention,deleted}' = '{"events": 1, "dead_letters": 1}', v::text;
  assert not exists (select from hera.events e where e.id = v_dead) and exists (select from hera.events e where e.id = v_scheduled);
  -- The key is free again.
  assert not (hera_integration_event_in_v1(a.admin, a.organization, 'none', 'z', p_idempotency_key => 'k') -> 'duplicate')::boolean;
  perform hera_test.move_clock('85 days');
  assert hera_outbox_maintain_v1() #> '{retention,deleted,replay_jobs}' = '1';
  assert exists (select from hera.events e where e.id = v_foreign);
end
$$;
