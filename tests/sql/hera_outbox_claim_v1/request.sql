-- A claim answers all that a request is made of.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "timeout_ms": 1234, "headers": {"X-Custom": "c"}}');
  v_event uuid;
  c record;
  v_time text;
begin
  perform hera_test.move_clock('0');
  v_event := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', '{"b": [1, "ä\n"], "a": null}', null, null, 'HERA.SHOP.ORDER.PAID.v1') ->> 'event_id';
  perform hera_test.move_clock('90 s');
  select * into strict c from hera_outbox_claim_v1('w');
  assert (c.delivery_id, c.organization_id, c.attempt, c.url, c.topic, c.smart_code, c.timeout_ms, c.claimed_at)
    = (hera_test.delivery(v_event, v_webhook), a.organization, 1, 'https://example.com/hook'::text, 'shop.order.paid'::text, 'HERA.SHOP.ORDER.PAID.v1'::text,
      1234, hera_internal.now());
  assert c.next_cursor > 0 and c.lease_id > 0 and c.traceparent is null;

  select to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') into v_time from hera.events e where e.id = v_event;
  assert c.body::jsonb = jsonb_build_object('id', v_event, 'type', 'shop.order.paid', 'timestamp', v_time, 'organization_id', a.organization,
    'topic', 'shop.order.paid', 'smart_code', 'HERA.SHOP.ORDER.PAID.v1', 'data', '{"a": null, "b": [1, "ä\n"]}'::jsonb), c.body;
  assert (select array_agg(k) from json_object_keys(c.body::json) k) = '{id,type,timestamp,organization_id,topic,smart_code,data}';
  assert hera_test.credentials(c.credentials) = '{"secrets": ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "headers": {"X-Custom": "c"}}';
end
$$;
rollback to clean;

-- What signs is sealed: not even the same twice.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"secret": "a-secret-of-our-own"}');
  v_sealed bytea[];
begin
  perform hera_test.event(a.organization), hera_test.event(a.organization) from generate_series(1, 2);
  for n in 1 .. 2 loop
    v_sealed := v_sealed || array(select c.credentials from hera_outbox_claim_v1('w', 2) c where c.organization_id = a.organization);
  end loop;
  assert v_sealed[1] = v_sealed[2] and v_sealed[3] = v_sealed[4] and v_sealed[1] <> v_sealed[3], 'one envelope a webhook and claim';
  assert position('a-secret-of-our-own' in encode(v_sealed[1], 'escape')) = 0;
end
$$;
rollback to clean;

-- Attempts of one delivery differ in attempt and time alone: id and body are the same.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_first record;
  v_second record;
begin
  perform hera_test.event(a.organization);
  select * into strict v_first from hera_outbox_claim_v1('w') where organization_id = a.organization;
  perform hera_outbox_finish_v1(array[v_first.lease_id], array[v_first.delivery_id], '{500}', '{1}', '{x}', '{null}', '{null}');
  perform hera_test.move_clock('1 hour');
  select * into strict v_second from hera_outbox_claim_v1('w') where organization_id = a.organization;
  assert v_second.delivery_id = v_first.delivery_id and v_second.body = v_first.body and v_second.attempt = 2;
  assert v_second.claimed_at - v_first.claimed_at between interval '3599 s' and interval '3601 s';
end
$$;
