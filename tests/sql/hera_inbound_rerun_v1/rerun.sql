-- After the definition is mended what failed becomes events, once; what came as a duplicate stays one.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_beta record := hera_test.organization('beta');
  v_answer jsonb;
begin
  perform hera_test.hooks();
  perform hera_test.install(v_acme.organization, 'test-hooks', '{"secret": "s-acme", "account": "a"}');
  perform hera_test.hook('[{"id": 1, "kind": "paid", "account": "a"}]', 's-acme');
  perform hera_test.hook('[{"id": 2, "kind": "payed", "account": "a"}]', 's-acme');
  perform hera_test.hook('[{"id": 2, "kind": "payed", "account": "a"}]', 's-acme');
  perform hera_test.webhook(v_acme.organization, '{"topics": ["test-hooks.*"]}');
  assert hera_test.events_of(v_acme.organization) = array['paid processed 1', 'unmapped failed'], hera_test.events_of(v_acme.organization)::text;

  v_answer := hera_inbound_rerun_v1(v_acme.admin, v_acme.organization, '{"connector_code": "test-hooks"}');
  assert v_answer - 'results' = '{"success": true, "requests": 2, "accepted": 0, "duplicates": 0, "failed": 2}', v_answer::text;

  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', '{"inbound": {"events": [{"type": "paid",
    "key": ["$.id"], "smart_code": "HERA.TEST.EVENT.PAID.v1", "each": [{"as": "item", "path": "$[*] ? (@.kind == \"paid\" || @.kind == \"payed\")"}]}]}}');
  v_answer := hera_inbound_rerun_v1(v_acme.admin, v_acme.organization, '{"connector_code": "test-hooks", "since": "2026-01-01T00:00:00Z"}');
  assert v_answer - 'results' = '{"success": true, "requests": 2, "accepted": 1, "duplicates": 1, "failed": 0}', v_answer::text;
  assert hera_test.events_of(v_acme.organization) = array['paid processed 1', 'paid processed 2'], hera_test.events_of(v_acme.organization)::text;
  assert (select count(*) from hera.outbox_ready) = 1, 'webhooks are triggered, of what is new alone';
  assert (select count(*) filter (where r.status = 'processed') = 3 and bool_and(r.failed = 0) from hera.inbound_requests r
    where r.organization_id = v_acme.organization);
  v_answer := hera_inbound_rerun_v1(v_acme.admin, v_acme.organization, '{"connector_code": "test-hooks"}');
  assert v_answer -> 'requests' = '0', v_answer::text;

  -- Another organization's request is nothing to it.
  v_answer := hera_inbound_rerun_v1(v_beta.admin, v_beta.organization, jsonb_build_object('request_ids', (
    select jsonb_agg(r.id) from hera.inbound_requests r)));
  assert v_answer -> 'requests' = '0' and hera_test.events_of(v_beta.organization) = '{}', v_answer::text;
end
$$;
rollback to clean;

-- One request of several: each runs its own part again, the platform all of it; an account that is claimed since is found by the signature.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_beta record := hera_test.organization('beta');
  v_gamma record := hera_test.organization('gamma');
  v_answer jsonb;
begin
  perform hera_test.hooks();
  perform hera_test.install(v_acme.organization, 'test-hooks', '{"secret": "of-the-app", "account": "a"}');
  perform hera_test.install(v_beta.organization, 'test-hooks', '{"secret": "of-the-app", "account": "b"}');
  perform hera_test.install(v_gamma.organization, 'test-hooks', '{"secret": "of-the-app"}');
  perform hera_test.connector(hera_test.system(), v_acme.organization, 'PAUSE', 'test-hooks');
  perform hera_test.connector(hera_test.system(), v_beta.organization, 'PAUSE', 'test-hooks');
  perform hera_test.hook('[{"id": 1, "kind": "paid", "account": "a"}, {"id": 2, "kind": "paid", "account": "b"}, {"id": 3, "kind": "paid", "account": "c"}]', 'of-the-app');
  assert hera_test.events_of(v_acme.organization) || hera_test.events_of(v_beta.organization) || hera_test.events_of(hera_test.platform())
    = array['paid failed 1', 'paid failed 2', 'paid failed 3'];

  perform hera_test.connector(hera_test.system(), v_acme.organization, 'RESUME', 'test-hooks');
  perform hera_test.connector(hera_test.system(), v_beta.organization, 'RESUME', 'test-hooks');
  v_answer := hera_inbound_rerun_v1(v_acme.admin, v_acme.organization, '{"connector_code": "test-hooks"}');
  assert v_answer #>> '{results,0,status}' = 'processed' and v_answer -> 'accepted' = '1', v_answer::text;
  assert hera_test.events_of(v_acme.organization) = array['paid processed 1'], hera_test.events_of(v_acme.organization)::text;
  assert hera_test.events_of(v_beta.organization) = array['paid failed 2'], 'the others'' part is theirs';

  perform hera_test.connector(hera_test.system(), v_gamma.organization, 'CONFIGURE', 'test-hooks', '{"account": "c"}');
  v_answer := hera_inbound_rerun_v1(hera_test.system(), hera_test.platform(), '{"connector_code": "test-hooks"}');
  assert v_answer -> 'accepted' = '2' and v_answer -> 'duplicates' = '1' and v_answer -> 'failed' = '0', v_answer::text;
  assert hera_test.events_of(v_beta.organization) = array['paid processed 2'] and hera_test.events_of(v_gamma.organization) = array['paid processed 3'];
  assert hera_test.events_of(hera_test.platform()) = '{}', 'it is an event now';
end
$$;
rollback to clean;

-- A signature stays one when its time is over: an account that is claimed an hour later is found by it, by nobody with another secret.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_beta record := hera_test.organization('beta');
  v_gamma record := hera_test.organization('gamma');
  v_time constant text := floor(extract(epoch from hera_internal.now()))::bigint::text;
  v_body constant text := '[{"id": 1, "kind": "paid", "account": "c"}]';
begin
  perform hera_test.hooks();
  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', '{"inbound": {"verify": [{"name": "hmac", "type": "hmac",
    "key": "secret", "message": ["timestamp", "body"], "encoding": "hex", "signature": {"header": "X-Signature"},
    "timestamp": {"header": "X-Time", "unit": "s", "tolerance_s": 300}}]}}');
  perform hera_test.install(v_acme.organization, 'test-hooks', '{"secret": "of-the-app", "account": "a"}');
  perform hera_test.install(v_beta.organization, 'test-hooks', '{"secret": "of-another", "account": "b"}');
  perform hera_test.install((hera_test.organization('delta')).organization, 'test-hooks', '{"secret": "of-the-app", "account": "d"}');
  assert hera_integration_inbound_v1('POST', 'https://hera.example.com/in', jsonb_build_object('X-Time', v_time, 'X-Signature',
    encode(hmac(convert_to(v_time || v_body, 'UTF8'), 'of-the-app', 'sha256'), 'hex')), convert_to(v_body, 'UTF8'), 'test-hooks') #> '{log,failed}' = '1';
  perform hera_test.move_clock('1 hour');
  perform hera_test.connector(hera_test.system(), v_beta.organization, 'CONFIGURE', 'test-hooks', '{"account": "c"}');
  assert hera_inbound_rerun_v1(hera_test.system(), hera_test.platform(), '{"connector_code": "test-hooks"}') -> 'accepted' = '0';
  perform hera_test.install(v_gamma.organization, 'test-hooks', '{"secret": "of-the-app", "account": "c"}');
  assert hera_inbound_rerun_v1(hera_test.system(), hera_test.platform(), '{"connector_code": "test-hooks"}') -> 'accepted' = '1';
  assert hera_test.events_of(v_beta.organization) = '{}' and hera_test.events_of(v_gamma.organization) = array['paid processed 1'];
end
$$;
rollback to clean;

do $$
begin
  perform hera_test.raises(format('select hera_inbound_rerun_v1(%L, %L, %L)', hera_test.system(), hera_test.platform(), '{}'), 'PT400', 'inbound.invalid');
  perform hera_test.raises(format('select hera_inbound_rerun_v1(%L, %L, %L)', hera_test.system(), hera_test.platform(),
    '{"connector_code": "x", "request_ids": []}'), 'PT400', 'inbound.invalid');
  perform hera_test.raises(format('select hera_inbound_rerun_v1(%L, %L, %L)', hera_test.system(), hera_test.platform(), '{"request_ids": ["x"]}'), 'PT400', 'field.invalid');
  perform hera_test.raises(format('select hera_inbound_rerun_v1(%L, %L, %L)', hera_test.system(), hera_test.platform(),
    '{"connector_code": "x", "since": "noon"}'), 'PT400', 'field.invalid');
  perform hera_test.raises(format('select hera_inbound_rerun_v1(%L, %L, %L)', hera_test.system(), hera_test.platform(), '{"connector": "x"}'), 'PT400', 'inbound.unknown');
  perform hera_test.raises(format('select hera_inbound_rerun_v1(%L, %L, null)', hera_test.system(), hera_test.platform()), 'PT400', 'inbound.invalid');
end
$$;
