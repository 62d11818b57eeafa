-- One report, several leases: each result settles its delivery; the rest of a lease stays leased.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_a uuid := hera_test.webhook(a.organization);
  v_b uuid := hera_test.webhook(b.organization);
  v_ids uuid[] := array(select hera_test.delivery(hera_test.event(a.organization), v_a) from generate_series(1, 3))
    || hera_test.delivery(hera_test.event(b.organization), v_b);
  v_lease_1 bigint;
  v_lease_2 bigint;
begin
  select max(lease_id) into v_lease_1 from hera_outbox_claim_v1('w', 3);
  select max(lease_id) into v_lease_2 from hera_outbox_claim_v1('w', 3);
  assert hera_outbox_finish_v1(array[v_lease_1, v_lease_2, v_lease_1, v_lease_2], array[v_ids[1], v_ids[4], v_ids[1], v_ids[2]],
      '{204,500,204,200}', '{11,12,11,1}', '{ok,no,ok,x}', '{null,null,null,null}', '{null,null,null,null}')
    = '{"delivered": 1, "failed": 1, "dlq": 0, "lost": 2}', 'twice the same, and a delivery of another lease, are lost';
  assert hera_test.place(v_ids[1]) is null and hera_test.place(v_ids[2]) = 'leased' and hera_test.place(v_ids[3]) = 'leased' and hera_test.place(v_ids[4]) = 'scheduled';
  assert (select (l.delivery_ids, l.attempts, cardinality(l.organization_ids)) from hera.outbox_leases l where l.id = v_lease_1) = (v_ids[2:3], '{1,1}'::smallint[], 2);
  assert not exists (select from hera.outbox_leases l where l.id = v_lease_2), 'a lease that is reported in full is gone';
  assert hera_outbox_finish_v1(array[v_lease_1, v_lease_1], v_ids[2:3], '{200,299}', '{1,1}', '{null,""}', '{null,null}', '{null,null}') @> '{"delivered": 2, "lost": 0}';
  assert (select array_agg((t.attempt, t.status_code, t.duration_ms, t.response_body)::text order by t.delivery_id, t.attempt) from hera.attempts t where t.organization_id = a.organization)
    = array['(1,204,11,ok)', '(1,200,1,)', '(1,299,1,)'];
  assert (select t.organization_id from hera.attempts t where t.delivery_id = v_ids[4]) = b.organization;
  perform hera_test.check_invariants();
end
$$;
rollback to clean;

-- started_at is reckoned back from the report; a long answer is cut at 16 KiB; a null duration is 0.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  c record;
begin
  perform hera_test.move_clock('0');
  perform hera_test.event(a.organization);
  select * into strict c from hera_outbox_claim_v1('w');
  perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{500}', '{1500}', array[repeat('ä', 20000)], '{null}', '{null}');
  assert (select (hera_internal.now() - t.started_at, length(t.response_body)) from hera.attempts t where t.delivery_id = c.delivery_id) = (interval '1.5 s', 16384);
  perform hera_test.move_clock('1 hour');
  select * into strict c from hera_outbox_claim_v1('w');
  perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{200}', '{null}', '{null}', '{null}', '{null}');
  assert (select t.duration_ms from hera.attempts t where t.delivery_id = c.delivery_id and t.attempt = 2) = 0;
end
$$;
rollback to clean;

-- Nothing reported is nothing done; arrays of different length are refused.
do $$
begin
  assert hera_outbox_finish_v1('{}', '{}', '{}', '{}', '{}', '{}', '{}') = '{"delivered": 0, "failed": 0, "dlq": 0, "lost": 0}';
  assert hera_outbox_finish_v1('{1}', array[gen_random_uuid()], '{200}', '{1}', '{x}', '{null}', '{null}') @> '{"lost": 1}';
  perform hera_test.raises(format('select hera_outbox_finish_v1(%s, %s, %s, %s, %s, %s, %s)', x[1], x[2], x[3], x[4], x[5], x[6], x[7]), 'PT400', 'outbox.bad_results')
  from (
    select array_agg(case when n = k then v else '''{}''' end order by n) as x
    from generate_series(1, 7) k, generate_series(1, 7) n, unnest(array['null', '''{null}''']) v
    where (k, v) <> (2, 'null')
    group by k, v) cases;
end
$$;
