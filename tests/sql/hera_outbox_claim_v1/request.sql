-- A claim answers ready-to-send requests: url, complete headers, exact bytes.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "timeout_ms": 1234, "headers": {"X-Custom": "c"}}');
  v_event uuid;
  v_created timestamptz;
  c record;
  v_time text;
begin
  perform hera_test.move_clock('0');
  v_event := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', '{"b": [1, "ä\n"], "a": null}', null, null, 'HERA.SHOP.ORDER.PAID.v1') ->> 'event_id';
  perform hera_test.move_clock('90 s');
  select * into strict c from hera_outbox_claim_v1('w');
  assert (c.delivery_id, c.organization_id, c.attempt, c.url, c.timeout_ms)
    = (hera_test.delivery(v_event, v_webhook), a.organization, 1, 'https://example.com/hook'::text, 1234);
  assert c.next_cursor > 0 and c.lease_id > 0;

  select to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') into v_time from hera.events e where e.id = v_event;
  assert convert_from(c.body, 'UTF8')::jsonb = jsonb_build_object('id', v_event, 'type', 'shop.order.paid', 'timestamp', v_time, 'organization_id', a.organization,
    'topic', 'shop.order.paid', 'smart_code', 'HERA.SHOP.ORDER.PAID.v1', 'data', '{"a": null, "b": [1, "ä\n"]}'::jsonb), convert_from(c.body, 'UTF8');
  assert (select array_agg(k) from json_object_keys(convert_from(c.body, 'UTF8')::json) k) = '{id,type,timestamp,organization_id,topic,smart_code,data}';

  assert c.headers[1:10] = array['Content-Type', 'application/json', 'User-Agent', 'HERA-Webhook/1.0', 'webhook-id', c.delivery_id::text,
    'webhook-timestamp', floor(extract(epoch from hera_internal.now()))::bigint::text, 'webhook-signature', hera_test.header(c.headers, 'webhook-signature')];
  assert c.headers[13:] = array['X-HERA-ORG-ID', a.organization::text, 'X-HERA-EVENT-CODE', 'HERA.SHOP.ORDER.PAID.v1', 'X-HERA-TOPIC', 'shop.order.paid',
    'X-HERA-ATTEMPT', '1', 'X-Custom', 'c'], c.headers::text;
end
$$;
rollback to clean;

-- Attempts of one delivery differ in attempt, timestamp and signature alone: webhook-id and body are the same.
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
  assert hera_test.header(v_second.headers, 'X-HERA-ATTEMPT') = '2';
  assert hera_test.header(v_second.headers, 'webhook-id') = hera_test.header(v_first.headers, 'webhook-id');
  assert hera_test.header(v_second.headers, 'webhook-signature') <> hera_test.header(v_first.headers, 'webhook-signature');
  assert hera_test.header(v_second.headers, 'webhook-timestamp')::bigint - hera_test.header(v_first.headers, 'webhook-timestamp')::bigint between 3599 and 3601;
end
$$;
