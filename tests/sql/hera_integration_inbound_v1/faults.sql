-- What can't be mapped is kept with its reason, once; on_unmatched ignore keeps the request alone; a rule that fails at run time is no error.
do $$
declare
  v_a uuid := (hera_test.organization('a')).organization;
  v_of_a uuid;
  v_body text;
begin
  perform hera_test.hooks();
  v_of_a := hera_test.install(v_a, 'test-hooks', '{"secret": "secret-of-a"}');
  foreach v_body in array array['', ' ', '{', '"\u0000"', '{"kind": "other"}', '[' || repeat('[', 70) || repeat(']', 70) || ']', '{"a": 1e400}', repeat('[', 100000)]
  loop
    assert hera_test.hook(v_body, 'secret-of-a', v_of_a) -> 'status' = '202', left(v_body, 50);
    assert hera_test.hook(v_body, 'secret-of-a', v_of_a) #>> '{log,outcome}' = 'failed', left(v_body, 50);
  end loop;
  assert (select count(*) = 8 and bool_and(e.status = 'failed' and e.status_reason <> '' and e.deliveries = 0) from hera.events e where e.organization_id = v_a),
    'a failure that comes again is the same';
  assert (select count(*) from hera.inbound_requests r where r.organization_id = v_a) = 16;

  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', '{"inbound": {"max_bytes": 3000000}}');
  -- One item is refused by ingest, its neighbours are not; a scalar is no event's data; no key is no fault.
  perform hera_test.hook(jsonb_build_array(jsonb_build_object('id', 1, 'kind', 'paid', 'big', repeat('x', 1048577)), jsonb '{"id": 2, "kind": "paid"}',
    jsonb '{"kind": "paid", "n": 1}', jsonb '{"kind": "paid", "n": 2}')::text, 'secret-of-a', v_of_a);
  assert (select count(*) filter (where e.status = 'processed') = 3 and count(*) filter (where e.status_reason like 'event.invalid%') = 1
    from hera.events e where e.organization_id = v_a and e.event_type = 'paid');

  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', '{"inbound": {"on_unmatched": "ignore"}}');
  assert hera_test.hook('{"kind": "yet another"}', 'secret-of-a', v_of_a) #>> '{log,outcome}' = 'ignored';
  assert (select count(*) from hera.events e where e.organization_id = v_a and e.status_reason = 'no rule of the definition fits') = 1;
end
$$;
