-- Released deliveries go back to the end of the queue and no attempt is counted.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_ids uuid[] := array(select hera_test.delivery(hera_test.event(a.organization), v_webhook) from generate_series(1, 3));
  v_lease bigint;
begin
  select max(lease_id) into v_lease from hera_outbox_claim_v1('w');
  assert hera_outbox_release_v1(array[v_lease, v_lease, v_lease + 1, v_lease], array[v_ids[1], v_ids[1], v_ids[2], gen_random_uuid()]) = 1;
  assert hera_test.place(v_ids[1]) = 'ready' and hera_test.place(v_ids[2]) = 'leased';
  perform hera_test.check_invariants();
  assert hera_outbox_release_v1(array[v_lease, v_lease], v_ids[2:3]) = 2;
  assert not exists (select from hera.outbox_leases l where l.id = v_lease);
  assert hera_outbox_finish_v1(array[v_lease], v_ids[1:1], '{200}', '{1}', '{x}', '{null}', '{null}') @> '{"lost": 1}';
  assert (select array_agg(c.attempt) from hera_outbox_claim_v1('w') c) = '{1,1,1}';
  assert (select count(*) from hera.attempts t where t.organization_id = a.organization) = 0;
  assert hera_outbox_release_v1('{}', '{}') = 0 and hera_outbox_release_v1(null, null) = 0;
end
$$;
