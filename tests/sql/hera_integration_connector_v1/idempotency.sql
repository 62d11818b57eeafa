-- INSTALL, CREATE_DEFINITION and ASSIGN under a key happen once and answer the same again; other content is refused.
do $$
declare
  a record := hera_test.organization('A');
  v_call record;
  v_first jsonb;
  v_again jsonb;
  v_state text;
begin
  perform hera_test.define('needs-it', '{"requires_assignment": true}');
  for v_call in
    select * from (values
      (hera_test.system(), hera_test.platform(), 'CREATE_DEFINITION', 'acme-orders', '{"smart_code": "HERA.INTEGRATION.CONNECTOR.ACME.v1"}', '{}', 'connector'),
      (hera_test.system(), a.organization, 'ASSIGN', 'needs-it', '{}', '{}', 'assignment'),
      (a.admin, a.organization, 'INSTALL', 'zapier-webhook', '{}', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}', 'installation')
    ) c (actor, organization, operation, code, config, installation, answers)
  loop
    v_first := hera_integration_connector_v1(v_call.actor, v_call.organization, v_call.operation, null, v_call.code, v_call.config::jsonb, v_call.installation::jsonb, '{"idempotency_key": "k"}');
    v_state := (select string_agg(e.id::text, '') from hera.core_entities e where e.organization_id = v_call.organization);
    v_again := hera_integration_connector_v1(v_call.actor, v_call.organization, v_call.operation, null, v_call.code, v_call.config::jsonb, v_call.installation::jsonb, '{"idempotency_key": "k"}');
    assert v_first -> 'duplicate' = 'false' and v_first ? v_call.answers and v_again = v_first || '{"duplicate": true}', v_again::text;
    assert v_state = (select string_agg(e.id::text, '') from hera.core_entities e where e.organization_id = v_call.organization);
    perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, %L, null, %L, %L, %L, ''{"idempotency_key": "k"}'')', v_call.actor, v_call.organization,
      v_call.operation, v_call.code || '-other', v_call.config, v_call.installation), 'PT422', 'idempotency.mismatch');
    -- ASSIGN and INSTALL are both calls of organization A: each needs a key of its own.
    delete from hera.idempotent_calls c where c.organization_id = a.organization;
  end loop;
  -- The same again without its key meets what stands.
  perform hera_test.refused('PT409', 'connector.installed', a.admin, a.organization, 'INSTALL', 'zapier-webhook',
    '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}');
end
$$;
rollback to clean;

-- A password makes another call, and can't be guessed from what is kept: the fingerprint is keyed.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_integration_connector_v1(%L, %L, ''INSTALL'', null, ''zapier-webhook'', ''{}'', ', a.admin, a.organization)
    || '''{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "%s"}'', ''{"idempotency_key": "k"}'')';
  v_content constant text := '["INSTALL", "zapier-webhook", {}, {"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}]'::jsonb::text;
  v_hash bytea;
  v_key constant text := current_setting('hera.encryption_key');
begin
  execute format(v_call, 'a-long-random-text');
  select c.content_hash into strict v_hash from hera.idempotent_calls c where c.organization_id = a.organization;
  assert v_hash = hmac(convert_to(v_content, 'UTF8'), convert_to('idempotency:' || split_part(v_key, ',', 1), 'UTF8'), 'sha256');
  perform hera_test.raises(format(v_call, 'another-random-text'), 'PT422', 'idempotency.mismatch');

  -- While keys are rotated the older one still tells the same content.
  perform set_config('hera.encryption_key', encode(gen_random_bytes(32), 'base64') || ',' || v_key, true);
  execute format(v_call, 'a-long-random-text');
  assert (select count(*) from hera.core_entities e where e.organization_id = a.organization and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL') = 1;
end
$$;
rollback to clean;

-- LIST in pages and by status.
do $$
declare
  a record := hera_test.organization('A');
  v_all jsonb := hera_integration_connector_v1(a.admin, a.organization) -> 'connectors';
  v_seen jsonb := '[]';
  v jsonb := '{}';
begin
  loop
    v := hera_integration_connector_v1(a.admin, a.organization, p_options => jsonb_strip_nulls(jsonb_build_object('limit', 2, 'cursor', v -> 'next_cursor')));
    v_seen := v_seen || (v -> 'connectors');
    exit when v -> 'next_cursor' = 'null';
  end loop;
  assert v_seen = v_all and jsonb_array_length(v_all) >= 5;
  perform hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}');
  perform hera_test.connector(a.admin, a.organization, 'PAUSE', 'zapier-webhook');
  assert jsonb_path_query_array(hera_integration_connector_v1(a.admin, a.organization, p_options => '{"status": "paused"}'), '$.connectors[*].code') = '["zapier-webhook"]';
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''GET'', p_options => ''{"limit": 1}'')', a.admin, a.organization), 'PT400', 'options.unknown');
end
$$;
