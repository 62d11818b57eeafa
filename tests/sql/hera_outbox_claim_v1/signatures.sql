-- The vectors of Standard Webhooks 1.0.0, by the same SQL as outbox_requests: v1,<base64 HMAC-SHA256 of id.timestamp.body>.
do $$
declare
  v record;
begin
  for v in
    select * from (values
      ('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='),
      ('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'msg_27UH4WbU6Z5A5EzD8u03UvzRbpk', '1649367553', '{"email":"test@example.com","username":"test_user"}', 'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=')
    ) as x (secret, id, seconds, body, signature)
  loop
    assert 'v1,' || encode(hera_internal.hmac_sha256(convert_to(v.id || '.' || v.seconds || '.', 'UTF8') || convert_to(v.body, 'UTF8'),
      decode(substring(v.secret from 7), 'base64')), 'base64') = v.signature, v.id;
  end loop;
end
$$;
rollback to clean;

-- The requests themselves, for each kind of secret: verified as a receiver would, with nothing of ours.
do $$
declare
  a record := hera_test.organization('A');
  v_secret text;
  v_webhook uuid;
  c record;
begin
  foreach v_secret in array array['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'a-secret-of-our-own-!~']
  loop
    v_webhook := hera_test.webhook(a.organization, jsonb_build_object('secret', v_secret, 'topics', jsonb_build_array('shop.' || right(md5(v_secret), 8))));
    perform hera_test.event(a.organization, right(md5(v_secret), 8), '{"ä": "\u20ac"}');
    select * into strict c from hera_outbox_claim_v1('w');
    assert hera_test.header(c.headers, 'webhook-signature') = 'v1,' || encode(hmac(
      convert_to(c.delivery_id || '.' || hera_test.header(c.headers, 'webhook-timestamp') || '.' || convert_from(c.body, 'UTF8'), 'UTF8'),
      case when v_secret like 'whsec%' then decode(substring(v_secret from 7), 'base64') else convert_to(v_secret, 'UTF8') end, 'sha256'), 'base64');
    -- HERA receivers key it by the secret exactly as it is shown.
    assert hera_test.header(c.headers, 'X-HERA-SIGNATURE') = 'sha256=' || encode(hmac(c.body, convert_to(v_secret, 'UTF8'), 'sha256'), 'hex');
  end loop;
end
$$;
