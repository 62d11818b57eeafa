-- The topic is split at its first dot; matching webhooks get a delivery; a key stands for one event.
do $$
declare
  a record := hera_test.organization('A');
  v_answer jsonb;
begin
  perform hera_test.webhook(a.organization, '{"topics": ["shop.order.*"]}');
  v_answer := hera_outbox_publish_v1(a.admin, a.organization, 'shop.order.paid', '{"order": 17}', '{"idempotency_key": "k", "smart_code": "HERA.SHOP.ORDER.PAID.v1"}');
  assert v_answer @> '{"success": true, "duplicate": false, "deliveries": 1, "smart_code": "HERA.SHOP.ORDER.PAID.v1"}', v_answer::text;
  assert (select (e.event_source, e.event_type, e.event_data::jsonb, e.created_by) from hera.events e where e.id = (v_answer ->> 'event_id')::uuid)
    = ('shop'::text, 'order.paid'::text, '{"order": 17}'::jsonb, a.admin);
  assert hera_outbox_publish_v1(a.admin, a.organization, 'shop.order.paid', '{"order": 17}', '{"idempotency_key": "k"}')
    @> jsonb_build_object('duplicate', true, 'event_id', v_answer ->> 'event_id');
  perform hera_test.raises(format('select hera_outbox_publish_v1(%L, %L, ''shop.order.paid'', ''{}'', ''{"idempotency_key": "k"}'')', a.admin, a.organization), 'PT422', 'idempotency.mismatch');
  assert hera_outbox_publish_v1(a.admin, a.organization, 'shop.other', '[]') @> '{"deliveries": 0}';
  assert (select count(*) from hera.events) = 2 and (select count(*) from hera.outbox_ready) = 1;
end
$$;

-- What is malformed is refused; strangers and other organizations too.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_call constant text := format('select hera_outbox_publish_v1(%L, %L, %%L, %%L, %%L)', a.admin, a.organization);
  v_topic text;
begin
  foreach v_topic in array array[null, '', 'topic', '.x', 'x.', '.']
  loop
    perform hera_test.raises(format(v_call, v_topic, '{}', '{}'), 'PT400', 'topic.invalid');
  end loop;
  foreach v_topic in array array['a b.c', 'a.b c', '-a.b', repeat('x', 129) || '.y', 'x.' || repeat('y', 129)]
  loop
    perform hera_test.raises(format(v_call, v_topic, '{}', '{}'), 'PT400', 'event.invalid');
  end loop;
  perform hera_test.raises(format(v_call, 'a.b', null::text, '{}'), 'PT400', 'event.invalid');
  perform hera_test.raises(format(v_call, 'a.b', '5', '{}'), 'PT400', 'event.invalid');
  perform hera_test.raises(format(v_call, 'a.b', '{}', '{"smart_code": "x"}'), 'PT400', 'guardrail_violation:SMARTCODE_REGEX_FAIL');
  perform hera_test.raises(format(v_call, 'a.b', '{}', '{"key": "x"}'), 'PT400', 'options.unknown');
  perform hera_test.raises(format(v_call, 'a.b', '{}', '{"idempotency_key": 5}'), 'PT400', 'options.invalid');
  perform hera_test.raises(format(v_call, 'a.b', '{}', '{"idempotency_key": ""}'), 'PT400', 'event.invalid');
  perform hera_test.raises(format(v_call, 'a.b', jsonb_build_object('x', repeat('x', 1048576)), '{}'), 'PT413', 'event.invalid');
  perform hera_test.raises(format('select hera_outbox_publish_v1(%L, %L, ''a.b'', ''{}'')', b.admin, a.organization), 'PT403', 'actor_not_member');
  perform hera_test.raises(format('select hera_outbox_publish_v1(null, %L, ''a.b'', ''{}'')', a.organization), 'PT401', 'identity_not_resolved');
  perform hera_test.raises(format('select hera_outbox_publish_v1(%L, null, ''a.b'', ''{}'')', a.admin), 'PT400', 'guardrail_violation:ORG_FILTER_MISSING');
  assert not exists (select from hera.events e where e.organization_id = a.organization);
end
$$;

-- Rolled back with the business transaction, it never was.
do $$
declare
  a record := hera_test.organization('A');
begin
  perform hera_test.webhook(a.organization);
  begin
    perform hera_outbox_publish_v1(a.admin, a.organization, 'shop.paid', '{}', '{"idempotency_key": "k"}');
    raise exception using errcode = 'ZZ999';
  exception
    when sqlstate 'ZZ999' then null;
  end;
  assert not exists (select from hera.events e where e.organization_id = a.organization);
  assert not exists (select from hera.outbox_ready r where r.organization_id = a.organization);
  assert hera_outbox_publish_v1(a.admin, a.organization, 'shop.paid', '{}', '{"idempotency_key": "k"}') @> '{"duplicate": false}';
end
$$;
