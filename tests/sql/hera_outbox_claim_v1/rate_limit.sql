-- A rate limit is a token bucket of one second's worth: the rest is put off to when the limit allows it, and no attempt is counted.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"rate_limit_per_second": 2}');
  v_free uuid := hera_test.webhook(a.organization);
  v_ids uuid[];
  v_sent int := 0;
begin
  perform hera_test.move_clock('0');
  v_ids := array(select hera_test.delivery(hera_test.event(a.organization), v_webhook) from generate_series(1, 5));
  assert (select count(*) from hera_outbox_claim_v1('w') c where c.delivery_id = any (v_ids)) = 2;
  assert (select count(*) from hera.outbox_leases l where hera_test.place(v_ids[1]) = 'leased' and hera_test.place(v_ids[2]) = 'leased') > 0, 'first come, first served';
  assert (select count(*) from hera.outbox_scheduled s where s.delivery_id = any (v_ids) and s.attempt = 1) = 3;
  assert (select array_agg(s.due_at - hera_internal.now() order by s.due_at) from hera.outbox_scheduled s where s.delivery_id = any (v_ids))
    = array[interval '500 ms', '1 s', '1.5 s'];
  assert (select array_agg(d ->> 'reason') from jsonb_array_elements(hera_webhook_deliveries_v1(a.admin, a.organization,
    jsonb_build_object('webhook_id', v_webhook, 'status', 'pending')) -> 'deliveries') d) = array['rate_limit', 'rate_limit', 'rate_limit'];
  -- The free webhook of the same organization is not held up.
  assert (select count(*) from hera.outbox_leases l cross join unnest(l.delivery_ids) d where l.organization_ids[1] = a.organization and d <> all (v_ids)) = 5;

  perform hera_test.move_clock('500 ms');
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('w') c) = v_ids[3:3];
  perform hera_test.move_clock('499 ms');
  assert (select count(*) from hera_outbox_claim_v1('w') c) = 0;
  perform hera_test.move_clock('501 ms');
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('w') c) = v_ids[4:5];
  perform hera_test.check_invariants();
end
$$;
rollback to clean;

-- Below one a second: one, then one in each period. After a pause the bucket is full, not fuller.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"rate_limit_per_second": 0.5, "topics": ["slow.*"]}');
  v_sent int;
begin
  perform hera_test.event(a.organization, 't', '{}', 'slow') from generate_series(1, 3);
  foreach v_sent in array array[1, 0, 1, 0, 1]
  loop
    assert (hera_test.send(200) ->> 'claimed')::int = v_sent;
    perform hera_test.move_clock('1 s');
  end loop;
  perform hera_test.move_clock('1 hour');
  perform hera_test.event(a.organization, 't', '{}', 'slow') from generate_series(1, 3);
  assert (hera_test.send(200) ->> 'claimed')::int = 1;
end
$$;
