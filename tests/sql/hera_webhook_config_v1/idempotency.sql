-- Under one key a webhook is made once; the secret is shown the first time alone, and kept nowhere in clear.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_config constant jsonb := '{"url": "https://example.com/a", "topics": ["shop.*"], "idempotency_key": "k"}';
  v_first jsonb := hera_webhook_config_v1(a.admin, a.organization, 'CREATE', v_config);
  v_state text;
  v_again jsonb;
  v_other text;
begin
  assert v_first -> 'duplicate' = 'false' and v_first #>> '{webhook,secret}' ~ '^whsec_';
  assert not (v_first -> 'webhook') ? 'idempotency_key', 'the key is no part of the webhook';
  v_state := hera_test.state(a.organization);
  v_again := hera_webhook_config_v1(hera_test.member(a.organization, 'integration_manager'), a.organization, 'CREATE', v_config);
  assert v_again = jsonb_set(v_first, '{webhook,secret}', to_jsonb('••••' || right(v_first #>> '{webhook,secret}', 4))) || '{"duplicate": true}', v_again::text;
  assert (select count(*) from hera.webhooks w where w.organization_id = a.organization) = 1;
  assert not exists (select from hera.idempotent_calls c where c::text like '%' || (v_first #>> '{webhook,secret}') || '%');

  foreach v_other in array array[
    format('%L, ''{"url": "https://example.com/b", "topics": ["shop.*"], "idempotency_key": "k"}''', 'CREATE'),
    format('%L, ''{"url": "https://example.com/a", "topics": ["shop.*"], "idempotency_key": "k"}'', ''hubspot-crm''', 'CREATE'),
    format('%L, ''{"idempotency_key": "k"}'', p_webhook_id => %L', 'TEST', v_first #>> '{webhook,id}')]
  loop
    perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ', a.admin, a.organization) || v_other || ')', 'PT422', 'idempotency.mismatch');
  end loop;
  -- A key is its organization's.
  assert hera_webhook_config_v1(b.admin, b.organization, 'CREATE', v_config || '{"url": "https://example.com/b"}') -> 'duplicate' = 'false';
  -- The repetition is authorized like the first call.
  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''CREATE'', %L)', hera_test.member(a.organization), a.organization, v_config), 'PT403', 'permission_denied');
end
$$;
rollback to clean;

-- What fails takes no key; without a key every call is a new one; what only reads has no use for a key.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid;
begin
  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''CREATE'', ''{"url": "nonsense", "idempotency_key": "k"}'')', a.admin, a.organization), 'PT400', 'webhook_config.invalid');
  v_id := hera_webhook_config_v1(a.admin, a.organization, 'CREATE', '{"url": "https://example.com/a", "idempotency_key": "k"}') #>> '{webhook,id}';
  assert not hera_webhook_config_v1(a.admin, a.organization, 'CREATE', '{"url": "https://example.com/a"}') ? 'duplicate';
  assert (select count(*) from hera.webhooks w where w.organization_id = a.organization) = 2;
  for n in 1 .. 2 loop
    assert not hera_webhook_config_v1(a.admin, a.organization, 'LIST', '{"idempotency_key": "k"}') ? 'duplicate';
    assert not hera_webhook_config_v1(a.admin, a.organization, 'GET', '{"idempotency_key": "k"}', p_webhook_id => v_id) ? 'duplicate';
  end loop;
end
$$;
rollback to clean;

-- TEST sends once and ROTATE_SECRET rotates once.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization);
  v_call record;
  v_first jsonb;
  v_again jsonb;
begin
  for v_call in select * from (values ('TEST', '{"idempotency_key": "t"}'), ('ROTATE_SECRET', '{"overlap_seconds": 60, "idempotency_key": "r"}')) c (operation, config) loop
    v_first := hera_webhook_config_v1(a.admin, a.organization, v_call.operation, v_call.config::jsonb, p_webhook_id => v_id);
    v_again := hera_webhook_config_v1(a.admin, a.organization, v_call.operation, v_call.config::jsonb, p_webhook_id => v_id);
    assert v_first -> 'duplicate' = 'false' and v_again -> 'duplicate' = 'true', v_call.operation;
    assert (v_first #- '{webhook,secret}') - 'duplicate' = (v_again #- '{webhook,secret}') - 'duplicate', v_call.operation;
  end loop;
  assert (select count(*) from hera.events e where e.organization_id = a.organization) = 1;
  assert (select count(*) from hera.secrets s where s.entity_id = v_id) = 2;
  assert v_again #>> '{webhook,secret}' like '••••%';
end
$$;
rollback to clean;

do $$
declare
  a record := hera_test.organization('A');
  v_key jsonb;
begin
  foreach v_key in array array['""', '5', '{}', to_jsonb(repeat('k', 256)), '"a\nb"']::jsonb[] loop
    perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''CREATE'', %L)', a.admin, a.organization,
      jsonb_build_object('url', 'https://example.com/a', 'idempotency_key', v_key)), 'PT400', 'webhook_config.invalid');
  end loop;
end
$$;
