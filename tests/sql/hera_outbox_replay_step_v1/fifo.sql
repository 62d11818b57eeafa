-- Fifo webhooks: in the order of the events, one at a time.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_ids uuid[];
  c record;
begin
  for i in 1 .. 3 loop
    perform hera_test.move_clock('1 ms');
    v_ids := v_ids || hera_test.delivery(hera_test.event(a.organization), v_hook);
  end loop;
  for i in 1 .. 3 loop
    perform hera_test.send(200);
  end loop;
  perform hera_replay_job_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('webhook_id', v_hook, 'since', '2000-01-01'));
  perform hera_outbox_replay_step_v1();
  for i in 1 .. 3 loop
    select * into strict c from hera_outbox_claim_v1('w');
    assert c.delivery_id = v_ids[i] and c.attempt = 2;
    perform hera_test.check_invariants();
    perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], array[200], array[1], array[''], array[null::text], array[null::int]);
  end loop;
end
$$;
