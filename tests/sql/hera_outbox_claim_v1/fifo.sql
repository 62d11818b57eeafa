-- A fifo webhook gets its events in order, one at a time; a retry blocks the line, a dead letter lets it go on.
do $$
declare
  a record := hera_test.organization('A');
  v_line uuid := hera_test.webhook(a.organization, '{"ordering": "fifo", "topics": ["line.*"], "retry_policy": {"max_attempts": 2, "initial_delay_ms": 1000}}');
  v_other uuid := hera_test.webhook(a.organization, '{"ordering": "fifo", "topics": ["line.*"]}');
  v_events uuid[];
  v_ids uuid[];
  c record;
begin
  perform hera_test.move_clock('0');
  v_events := array(select hera_test.event(a.organization, 't', '{}', 'line') from generate_series(1, 4));
  v_ids := array(select hera_test.delivery(e, v_line) from unnest(v_events) with ordinality x (e, n) order by n);
  assert (select count(*) from hera.outbox_fifo_wait f where f.organization_id = a.organization) = 8;

  -- One of each line, whatever the limit.
  assert (select array_agg(q.delivery_id order by q.delivery_id) from hera_outbox_claim_v1('w') q)
    = array[least(v_ids[1], hera_test.delivery(v_events[1], v_other)), greatest(v_ids[1], hera_test.delivery(v_events[1], v_other))];
  assert (select count(*) from hera_outbox_claim_v1('w')) = 0;
  perform hera_test.check_invariants();

  -- The first fails: its line waits for the retry, the other line goes on.
  perform hera_outbox_finish_v1(array[l.id, l.id], array[v_ids[1], hera_test.delivery(v_events[1], v_other)], '{500,200}', '{1,1}', '{x,x}', '{null,null}', '{null,null}')
  from hera.outbox_leases l where v_ids[1] = any (l.delivery_ids);
  select * into strict c from hera_outbox_claim_v1('w');
  assert c.delivery_id = hera_test.delivery(v_events[2], v_other);
  perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{200}', '{1}', '{x}', '{null}', '{null}');
  perform hera_test.check_invariants();
  assert hera_test.place(v_ids[1]) = 'scheduled' and hera_test.place(v_ids[2]) = 'waiting';

  -- The retry fails too: a dead letter, and the second comes at once.
  perform hera_test.move_clock('2 s');
  assert (hera_test.send(500) ->> 'dlq')::int = 1;
  assert hera_test.place(v_ids[1]) = 'dlq';
  select * into strict c from hera_outbox_claim_v1('w', 100, 1) q where q.delivery_id = v_ids[2];
  -- A lost lease blocks the line as well, and a release.
  assert hera_outbox_release_v1(array[c.lease_id], array[c.delivery_id]) = 1;
  assert hera_test.place(v_ids[2]) = 'ready' and hera_test.place(v_ids[3]) = 'waiting';
  perform hera_test.check_invariants();

  -- A replayed dead letter takes its place at the end.
  perform hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('delivery_ids', jsonb_build_array(v_ids[1])));
  for n in 2 .. 5 loop
    select * into strict c from hera_outbox_claim_v1('w') q where q.delivery_id = any (v_ids);
    assert c.delivery_id = case n when 5 then v_ids[1] else v_ids[n] end, n::text;
    perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{200}', '{1}', '{x}', '{null}', '{null}');
    perform hera_test.check_invariants();
  end loop;
  assert not exists (select from hera.outbox_fifo_lane l join hera.webhooks w using (organization_id, webhook_no) where w.id = v_line), 'an empty line holds nothing';
end
$$;
rollback to clean;

-- A line whose webhook is turned off is emptied into dead letters, one by one or all, and starts anew when it is enabled.
do $$
declare
  a record := hera_test.organization('A');
  v_line uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_ids uuid[] := array(select hera_test.delivery(hera_test.event(a.organization), v_line) from generate_series(1, 3));
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_line);
  for n in 1 .. 4 loop
    perform hera_test.send(200);
  end loop;
  assert (select count(*) from hera.dead_letters d where d.delivery_id = any (v_ids) and d.status = 'disabled') = 3;
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_line);
  assert hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_line)) @> '{"replayed": 3, "skipped": 0}';
  for n in 1 .. 3 loop
    assert (hera_test.send(200) ->> 'delivered')::int = 1;
  end loop;
  assert (select array_agg(t.delivery_id order by t.ctid) from hera.attempts t where t.delivery_id = any (v_ids)) = v_ids, 'replayed in order';
end
$$;
