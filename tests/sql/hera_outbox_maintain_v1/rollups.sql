-- The rollups equal a count of the rows after any history: deliveries at once and hours later, retries, a lease that is lost long after it
-- was taken, a replay, rows that had fallen into the default partition, and counting again and again.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 2, "initial_delay_ms": 1000}}');
  v_other uuid := hera_test.webhook(b.organization, '{"topics": ["shop.*"]}');
  v_second uuid := hera_test.webhook(b.organization, '{"topics": ["shop.twice"]}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '20 hours';
  v_lease bigint;
  v_state hera.rollup_state;
  f record;
begin
  for h in 0 .. 19 loop
    perform hera_test.set_clock(v_start + h * interval '1 hour' + interval '58 minutes');
    perform hera_test.event(a.organization, 'order.' || h) from generate_series(0, h % 4);
    perform hera_test.event(b.organization, case when h % 3 = 0 then 'twice' else 'once' end, '{}', case when h % 2 = 0 then 'shop' else 'pos' end);
    if h % 5 = 1 and h <> 11 then
      -- Fails, and is tried again in the next hour; the second failure is the last.
      perform hera_test.deliver(503, 30000);
    elsif h = 7 then
      -- Nobody reports; the lease is over hours later.
      select c.lease_id into v_lease from hera_outbox_claim_v1('dead', 1000, 0, 3600) c limit 1;
      assert v_lease is not null;
    elsif h between 8 and 12 then
      null;
    else
      -- Under way while the hour ends.
      perform hera_test.deliver(200, 150000);
    end if;
    if h % 4 = 3 then
      perform hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_webhook));
    end if;
    if h in (2, 3, 5, 9, 12, 14, 19) then
      assert hera_outbox_maintain_v1() ->> 'success' = 'true';
      perform hera_outbox_maintain_v1();
      for f in select * from hera_test.rollup_faults(v_start - interval '2 days') loop
        raise exception 'hour %: % %', h, f.what, f.row_json;
      end loop;
      select * into strict v_state from hera.rollup_state;
      assert v_state.final_before <= v_state.complete_before and v_state.complete_before <= hera_internal.now();
      if h in (9, 12) then
        assert v_state.final_before <= v_start + interval '7 hours', 'an hour stays open while a lease from it is out';
      end if;
    end if;
  end loop;
  assert exists (select from hera.attempts where error = 'lease_lost' and started_at < v_start + interval '8 hours');
  assert exists (select from hera.delivery_rollup where cause = 'lease_lost' and hour = v_start + interval '7 hours'), 'the late row counts';
  assert (select sum(events) from hera.latency_rollup) > 30;
  assert v_state.final_before > v_start + interval '14 hours', 'and when it is over the hours become final';
end
$$;
rollback to clean;

-- An event counts once, with its first delivery, however many webhooks and repetitions it has.
do $$
declare
  a record := hera_test.organization('A');
  v_one uuid := hera_test.webhook(a.organization);
  v_two uuid := hera_test.webhook(a.organization, '{"rate_limit_per_second": 1}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '10 hours';
  v_event uuid;
begin
  perform hera_test.set_clock(v_start);
  v_event := hera_test.event(a.organization);
  perform hera_test.deliver(200, 40);
  perform hera_test.move_clock('3 minutes');
  perform hera_outbox_maintain_v1();
  assert (select sum(events) from hera.latency_rollup) = 1;
  perform hera_test.set_clock(v_start + interval '5 hours');
  perform hera_webhook_delivery_log_v1(v_event, v_one, a.organization, 200, '', 2, 10);
  perform hera_test.move_clock('3 minutes');
  perform hera_outbox_maintain_v1();
  assert (select array_agg((hour, events)) from hera.latency_rollup) = array[(v_start, 1)], 'hours later it is not the first';
end
$$;
rollback to clean;

-- Rows that fell into the default partition count, before and after they are moved to their own.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
begin
  perform hera_outbox_maintain_v1();
  perform hera_test.move_clock('100 days');
  perform hera_test.event(a.organization);
  perform hera_test.deliver(200, 5);
  for n in 1 .. 110 loop
    perform hera_internal.roll_up(hera_internal.now());
  end loop;
  assert (select count(*) from hera.attempts_default) = 1;
  assert not exists (select from hera_test.rollup_faults('-infinity'));
  perform hera_outbox_maintain_v1();
  assert (select count(*) from hera.attempts_default) = 0;
  assert not exists (select from hera_test.rollup_faults('-infinity'));
end
$$;
rollback to clean;

-- Final hours stay what they are when their rows are gone: retention drops partitions.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
begin
  perform hera_test.event(a.organization);
  perform hera_test.deliver(200, 5);
  perform hera_outbox_maintain_v1();
  perform hera_test.move_clock('5 hours');
  perform hera_outbox_maintain_v1();
  delete from hera.attempts;
  delete from hera.events;
  perform hera_outbox_maintain_v1();
  perform hera_outbox_maintain_v1();
  assert (select sum(attempts) from hera.delivery_rollup) = 1 and (select sum(events) from hera.event_rollup) = 1
    and (select sum(events) from hera.latency_rollup) = 1;

  perform hera_test.move_clock('399 days');
  perform hera_internal.roll_up(hera_internal.now());
  assert (select count(*) from hera.delivery_rollup) = 1;
  perform hera_test.move_clock('2 days');
  perform hera_internal.roll_up(hera_internal.now());
  assert (select count(*) from hera.delivery_rollup) + (select count(*) from hera.event_rollup) + (select count(*) from hera.latency_rollup) = 0;
end
$$;
rollback to clean;

-- A row that somebody logs an hour later counts, without any lease.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '10 hours';
  v_event uuid;
begin
  perform hera_test.set_clock(v_start + interval '50 minutes');
  v_event := hera_test.event(a.organization);
  perform hera_test.deliver(503, 10);
  perform hera_test.set_clock(v_start + interval '105 minutes');
  perform hera_outbox_maintain_v1();
  perform hera_webhook_delivery_log_v1(v_event, v_webhook, a.organization, 200, '', 2, 2147483647);
  assert (select t.started_at from hera.attempts t where t.attempt = 2) = v_start + interval '45 minutes', 'an hour is the longest';
  perform hera_outbox_maintain_v1();
  assert not exists (select from hera_test.rollup_faults('-infinity'));
  assert (select sum(r.attempts) from hera.delivery_rollup r where r.hour = v_start) = 2;
end
$$;
