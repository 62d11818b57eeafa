-- Same key, same content: the first event again, and nothing is written.
do $$
declare
  a record := hera_test.organization('A');
  v_first jsonb;
  v_again jsonb;
begin
  perform hera_test.webhook(a.organization);
  v_first := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"a": 1, "b": 2}', null, 'k', 'HERA.SHOP.ORDER.PAID.v1');
  assert v_first @> '{"duplicate": false, "deliveries": 1}';
  -- Content is source, type, data as jsonb and connector: neither the order of keys nor the smart code matters.
  v_again := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"b": 2,   "a": 1}', null, 'k', 'HERA.OTHER.CODE.v1');
  assert v_again @> '{"success": true, "duplicate": true, "deliveries": 1, "smart_code": "HERA.SHOP.ORDER.PAID.v1"}', v_again::text;
  assert v_again ->> 'event_id' = v_first ->> 'event_id';
  assert (select count(*) from hera.events where organization_id = a.organization) = 1;
  assert (select count(*) from hera.outbox_ready where organization_id = a.organization) = 1;
end
$$;
rollback to clean;

-- Same key, other content: refused, in each part of the content.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_integration_event_in_v1(%L, %L, ', a.admin, a.organization);
begin
  perform hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"a": 1}', 'whatsapp-business-cloud', 'k');
  perform hera_test.raises(v_call || $q$'shop2', 'paid', '{"a": 1}', 'whatsapp-business-cloud', 'k')$q$, 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(v_call || $q$'shop', 'paid2', '{"a": 1}', 'whatsapp-business-cloud', 'k')$q$, 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(v_call || $q$'shop', 'paid', '{"a": 2}', 'whatsapp-business-cloud', 'k')$q$, 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(v_call || $q$'shop', 'paid', '{"a": 1}', null, 'k')$q$, 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(v_call || $q$'shop', 'paid', '{"a": 1}', 'hubspot-crm', 'k')$q$, 'PT422', 'idempotency.mismatch');
  -- The parts don't run into each other.
  perform hera_test.raises(v_call || $q$'shopp', 'aid', '{"a": 1}', 'whatsapp-business-cloud', 'k')$q$, 'PT422', 'idempotency.mismatch');
  assert (select count(*) from hera.events where organization_id = a.organization) = 1;
end
$$;
rollback to clean;

-- A key belongs to its organization: others use the same one and never learn of it.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_a jsonb := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"a": 1}', null, 'k');
  v_b jsonb := hera_integration_event_in_v1(b.admin, b.organization, 'other', 'thing', '{"b": 1}', null, 'k');
begin
  assert v_a @> '{"duplicate": false}' and v_b @> '{"duplicate": false}' and v_a ->> 'event_id' <> v_b ->> 'event_id';
end
$$;
rollback to clean;

-- Without a key each call is an event of its own, and a failed call leaves its key free.
do $$
declare
  a record := hera_test.organization('A');
begin
  assert hera_test.event(a.organization) <> hera_test.event(a.organization);
  perform hera_test.raises(format($q$select hera_integration_event_in_v1(%L, %L, 'shop', 'paid', '5', null, 'k')$q$, a.admin, a.organization),
    'PT400', 'event.invalid');
  assert hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{}', null, 'k') @> '{"duplicate": false}';
end
$$;
