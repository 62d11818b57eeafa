-- Rows come in order of position, after the cursor; each is claimed once.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_ids uuid[] := array(select hera_test.delivery(hera_test.event(a.organization), v_webhook) from generate_series(1, 5));
  v_first uuid[];
  v_cursor bigint;
begin
  select array_agg(c.delivery_id), max(c.next_cursor) into v_first, v_cursor from hera_outbox_claim_v1('w', 2) c;
  assert v_first = v_ids[1:2] and v_cursor = (select min(position) - 1 from hera.outbox_ready), v_first::text;
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('w', 2, v_cursor) c) = v_ids[3:4];
  -- Beyond the last there is nothing, though a lower position waits: it comes with cursor 0.
  assert (select count(*) from hera_outbox_claim_v1('w', 2, v_cursor + 1000)) = 0;
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('w', 2, 0) c) = v_ids[5:5];
  assert (select count(*) from hera_outbox_claim_v1('w')) = 0;
  assert (select sum(cardinality(delivery_ids)) from hera.outbox_leases) = 5;
  perform hera_test.check_invariants();
end
$$;
rollback to clean;

-- Due retries, expired leases and idle lines are looked at with cursor 0 alone.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
begin
  perform hera_test.send(500);
  perform hera_test.move_clock('1 hour');
  assert (select count(*) from hera_outbox_claim_v1('w', 100, 1)) = 0 and hera_test.place(v_delivery) = 'scheduled';
  assert (select c.attempt from hera_outbox_claim_v1('w', 100, 0) c) = 2;
end
$$;
rollback to clean;

-- A claim goes on to the next blocks of 500 positions as long as it is not half full; none is left out.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_ids uuid[];
  v_first uuid[];
begin
  perform setval(pg_get_serial_sequence('hera.outbox_ready', 'position'), 10000 * 500 - 3);
  v_ids := array(select hera_test.delivery(hera_test.event(a.organization), v_webhook) from generate_series(1, 4));
  perform setval(pg_get_serial_sequence('hera.outbox_ready', 'position'), 10005 * 500);
  v_ids := v_ids || array(select hera_test.delivery(hera_test.event(a.organization), v_webhook) from generate_series(1, 8));
  v_first := array(select c.delivery_id from hera_outbox_claim_v1('w', 6) c);
  assert v_first = v_ids[1:4], v_first::text;
  v_first := array(select c.delivery_id from hera_outbox_claim_v1('w', 1000) c);
  assert v_first = v_ids[5:12], v_first::text;
end
$$;
