-- A lease that runs out: the attempt is logged as lease_lost, the delivery is sent again at once, and a late report changes nothing.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_event uuid := hera_test.event(a.organization);
  v_delivery uuid := hera_test.delivery(v_event, v_webhook);
  v_first record;
  v_second record;
begin
  perform hera_test.move_clock('0');
  select * into strict v_first from hera_outbox_claim_v1('w1', 100, 0, 120);
  perform hera_test.move_clock('120 s');
  assert (select count(*) from hera_outbox_claim_v1('w2')) = 0, 'until the lease is over nobody else sends';
  perform hera_test.move_clock('1 ms');
  select * into strict v_second from hera_outbox_claim_v1('w2');
  assert v_second.delivery_id = v_delivery and v_second.attempt = 2 and v_second.lease_id <> v_first.lease_id;
  assert (select (t.attempt, t.status_code, t.error, t.duration_ms) from hera.attempts t where t.delivery_id = v_delivery) = (1::smallint, null::smallint, 'lease_lost'::text, 120001);

  assert hera_outbox_finish_v1(array[v_first.lease_id], array[v_delivery], '{200}', '{5}', '{late}', '{null}', '{null}') = '{"delivered": 0, "failed": 0, "dlq": 0, "lost": 1}';
  assert hera_test.place(v_delivery) = 'leased' and (select count(*) from hera.attempts t where t.delivery_id = v_delivery) = 1;
  assert hera_outbox_finish_v1(array[v_second.lease_id], array[v_delivery], '{200}', '{5}', '{ok}', '{null}', '{null}') = '{"delivered": 1, "failed": 0, "dlq": 0, "lost": 0}';
  assert hera_outbox_finish_v1(array[v_second.lease_id], array[v_delivery], '{500}', '{5}', '{twice}', '{null}', '{null}') = '{"delivered": 0, "failed": 0, "dlq": 0, "lost": 1}';
  assert hera_test.place(v_delivery) is null;
  assert (select array_agg(t.attempt order by t.attempt) from hera.attempts t where t.delivery_id = v_delivery) = '{1,2}', 'attempt rows = claims, each closed';
end
$$;
rollback to clean;

-- Lost leases count as attempts: a delivery that kills its worker each time ends as a dead letter.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 3}}');
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
begin
  for n in 1 .. 3 loop
    assert (select count(*) from hera_outbox_claim_v1('w', 100, 0, 1)) = 1, n::text;
    perform hera_test.move_clock('2 s');
  end loop;
  assert (select count(*) from hera_outbox_claim_v1('w')) = 0;
  assert (select (d.status, d.reason, d.attempts, d.last_error) from hera.dead_letters d where d.delivery_id = v_delivery)
    = ('dlq'::text, 'attempts_exhausted'::text, 3::smallint, 'lease_lost'::text);
  assert (select count(*) from hera.attempts t where t.delivery_id = v_delivery and t.error = 'lease_lost') = 3;
end
$$;
rollback to clean;

-- A lease from long ago (a restored backup, a worker that was off for months) comes back like any other.
do $$
declare
  a record := hera_test.organization('A');
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), hera_test.webhook(a.organization));
  v_webhook uuid := hera_test.webhook(a.organization);
begin
  v_delivery := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  assert (select count(*) from hera_outbox_claim_v1('w')) >= 1;
  perform hera_test.move_clock('100 days');
  assert (select c.attempt from hera_outbox_claim_v1('w') c where c.delivery_id = v_delivery) = 2;
end
$$;
