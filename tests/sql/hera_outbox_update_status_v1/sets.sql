-- An operator sets the status of a waiting or dead delivery.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  v_step record;
begin
  perform hera_test.move_clock('0');
  for v_step in
    select * from (values ('pending', 0, 'ready'), ('failed', 2, 'scheduled'), ('dlq', 3, 'dlq'), ('pending', 1, 'ready'), ('cancelled', 4, 'cancelled'), ('failed', 0, 'scheduled')) as s (status, attempts, place)
  loop
    assert hera_outbox_update_status_v1(v_delivery, v_step.status, v_step.attempts);
    assert hera_test.place(v_delivery) = v_step.place, v_step::text;
    perform hera_test.check_invariants();
  end loop;
  assert (select (s.attempt, s.due_at) from hera.outbox_scheduled s where s.delivery_id = v_delivery) = (1::smallint, hera_internal.now());
  perform hera_outbox_update_status_v1(v_delivery, 'dlq', 4);
  assert (select (d.reason, d.attempts) from hera.dead_letters d where d.delivery_id = v_delivery) = ('set_by_operator'::text, 4::smallint);

  assert hera_outbox_update_status_v1(v_delivery, 'delivered', 2);
  assert hera_test.place(v_delivery) is null;
  assert hera_webhook_deliveries_v1(a.admin, a.organization) #>> '{deliveries,0,status}' = 'delivered';
  assert (select (t.status_code, t.attempt, t.error) from hera.attempts t where t.delivery_id = v_delivery) = (200::smallint, 2::smallint, 'set_by_operator'::text);
end
$$;
rollback to clean;

-- A line goes on when the delivery that held it is settled by hand.
do $$
declare
  a record := hera_test.organization('A');
  v_line uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_ids uuid[] := array(select hera_test.delivery(hera_test.event(a.organization), v_line) from generate_series(1, 4));
begin
  perform hera_test.send(500);
  assert hera_test.place(v_ids[1]) = 'scheduled';
  perform hera_outbox_update_status_v1(v_ids[1], 'cancelled', 1);
  assert hera_test.place(v_ids[2]) = 'ready';
  perform hera_outbox_update_status_v1(v_ids[3], 'dlq', 0);
  perform hera_outbox_update_status_v1(v_ids[2], 'delivered', 1);
  assert hera_test.place(v_ids[4]) = 'ready';
  perform hera_test.check_invariants();
end
$$;
rollback to clean;

-- By hand as well, one delivery of a line is under way at most.
do $$
declare
  a record := hera_test.organization('A');
  v_line uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_ids uuid[] := array(select hera_test.delivery(hera_test.event(a.organization), v_line) from generate_series(1, 3));
begin
  perform hera_outbox_claim_v1('w');
  perform hera_outbox_update_status_v1(v_ids[2], 'pending', 0);
  perform hera_test.check_invariants();
  perform hera_outbox_update_status_v1(v_ids[3], 'failed', 1);
  perform hera_test.check_invariants();
  perform hera_outbox_schedule_retry_v1(v_ids[2], 1, hera_internal.now()::text);
  perform hera_test.check_invariants();
  -- All three arrive in the end, one after the other.
  perform hera_test.move_clock('1 day');
  for n in 1 .. 6 loop
    perform hera_test.send(200);
    perform hera_test.move_clock('1 hour');
  end loop;
  assert (select count(*) from hera.attempts t where t.delivery_id = any (v_ids) and t.status_code = 200) = 3;
end
$$;
rollback to clean;

-- Leased, unknown, delivered; bad arguments.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  v_call constant text := 'select hera_outbox_update_status_v1(%L, %L, %L)';
begin
  perform hera_test.raises(format(v_call, v_delivery, 'in_flight', 0), 'PT400', 'outbox.bad_status');
  perform hera_test.raises(format(v_call, v_delivery, 'Pending', 0), 'PT400', 'outbox.bad_status');
  perform hera_test.raises(format(v_call, v_delivery, null::text, 0), 'PT400', 'outbox.bad_status');
  perform hera_test.raises(format(v_call, v_delivery, 'pending', -1), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_delivery, 'pending', 251), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_delivery, 'pending', null::text), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, gen_random_uuid(), 'pending', 0), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, null::text, 'pending', 0), 'PT404', 'not_found');
  perform hera_outbox_claim_v1('w');
  perform hera_test.raises(format(v_call, v_delivery, 'pending', 0), 'PT409', 'delivery.leased');
  perform hera_outbox_finish_v1(array[l.id], array[v_delivery], '{200}', '{1}', '{x}', '{null}', '{null}') from hera.outbox_leases l;
  perform hera_test.raises(format(v_call, v_delivery, 'pending', 0), 'PT404', 'not_found');
end
$$;
