-- A secret is shown once, by CREATE and ROTATE_SECRET; afterwards it is masked; it is stored sealed.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb := hera_webhook_config_v1(a.admin, a.organization, 'CREATE', '{"url": "https://example.com/hook",
    "secret": "canary-secret-abcd", "headers": {"Authorization": "Bearer canary-header-wxyz", "X-Short": "canary"}}');
  v_id uuid := v #>> '{webhook,id}';
  v_answer jsonb;
begin
  assert v #>> '{webhook,secret}' = 'canary-secret-abcd';
  assert v #> '{webhook,headers}' = '{"Authorization": "••••wxyz", "X-Short": "••••"}', v::text;
  for v_answer in
    values (hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_id)),
      (hera_webhook_config_v1(a.admin, a.organization, 'LIST')),
      (hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"description": "x"}', p_webhook_id => v_id)),
      (hera_webhook_config_v1(a.admin, a.organization, 'TEST', p_webhook_id => v_id)),
      (hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_id)),
      (hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_id))
  loop
    assert v_answer::text not like '%canary%', v_answer::text;
  end loop;
  assert hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_id) #>> '{webhook,secret}' = '••••abcd';
  assert not exists (select from hera.secrets s where encode(s.sealed, 'escape') like '%canary%' or s.hint like '%canary%');
  assert not exists (select from core_dynamic_data d where d::text like '%canary%');
  assert not exists (select from core_entities e where e::text like '%canary%');
end
$$;
rollback to clean;

-- Headers: merged by name; a mask sent back means "as it was"; null takes one out, or all.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization, '{"headers": {"A": "first-value-aaaa", "B": "second-value-bbbb"}}');
  v_sent jsonb;
begin
  assert hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"headers": {"A": "••••aaaa", "B": null, "C": "third"}}', p_webhook_id => v_id)
    #> '{webhook,headers}' = '{"A": "••••aaaa", "C": "••••"}';
  perform hera_test.event(a.organization);
  select hera_test.credentials(c.credentials) -> 'headers' into v_sent from hera_outbox_claim_v1('w') c where c.organization_id = a.organization;
  assert v_sent = '{"A": "first-value-aaaa", "C": "third"}', v_sent::text;
  assert hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"headers": null}', p_webhook_id => v_id) #> '{webhook,headers}' = '{}';
  perform hera_test.event(a.organization);
  select hera_test.credentials(c.credentials) -> 'headers' into v_sent from hera_outbox_claim_v1('w') c where c.organization_id = a.organization;
  assert v_sent = '{}', v_sent::text;
end
$$;
rollback to clean;

-- A secret of the caller's own: whsec_ with 24 to 64 bytes, or 16 to 256 visible signs.
do $$
declare
  a record := hera_test.organization('A');
  v_secret text;
begin
  foreach v_secret in array array['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_' || encode(sha256('x') || sha256('y'), 'base64'), '0123456789abcdef', repeat('!', 256)]
  loop
    assert hera_webhook_config_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('url', 'https://example.com/hook', 'secret', v_secret))
      #>> '{webhook,secret}' = v_secret;
  end loop;
  foreach v_secret in array array['', 'short', '0123456789abcde', repeat('x', 257), '0123456789 abcdef', E'0123456789abcdef\n', '0123456789äbcdef', 'whsec_', 'whsec_xx',
    'whsec_****************************************', 'whsec_' || encode(substring(sha256('x') for 23), 'base64'), 'whsec_' || encode(sha256('x') || sha256('y') || '\x00', 'base64')]
  loop
    perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''CREATE'', %L)', a.admin, a.organization,
      jsonb_build_object('url', 'https://example.com/hook', 'secret', v_secret)), 'PT400', 'webhook_config.invalid');
  end loop;
end
$$;
rollback to clean;

-- Without a key nothing can be stored, and a listing needs none.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization);
  v_call constant text := format('select hera_webhook_config_v1(%L, %L, ', a.admin, a.organization);
begin
  perform set_config('hera.encryption_key', '', true);
  perform hera_test.raises(v_call || '''CREATE'', ''{"url": "https://example.com/hook"}'')', 'PT500', 'encryption.key_missing');
  perform hera_test.raises(v_call || format('''ROTATE_SECRET'', p_webhook_id => %L)', v_id), 'PT500', 'encryption.key_missing');
  perform hera_test.raises(v_call || format('''UPDATE'', ''{"headers": {"A": "x"}}'', p_webhook_id => %L)', v_id), 'PT500', 'encryption.key_missing');
  assert hera_webhook_config_v1(a.admin, a.organization) @> '{"success": true}';
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"description": "x"}', p_webhook_id => v_id);
  perform set_config('hera.encryption_key', 'not-base64', true);
  perform hera_test.raises(v_call || '''CREATE'', ''{"url": "https://example.com/hook"}'')', 'PT500', 'encryption.key_malformed');
end
$$;
