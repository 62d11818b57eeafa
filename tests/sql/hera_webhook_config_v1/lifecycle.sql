-- CREATE, GET, LIST, UPDATE, DELETE, ENABLE: what they answer and what they change.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
  v_id uuid;
begin
  v := hera_webhook_config_v1(a.admin, a.organization, 'CREATE', '{"url": "https://example.com/hook", "description": "d", "metadata": {"team": "x"}}');
  assert v @> '{"success": true}';
  v := v -> 'webhook';
  v_id := v ->> 'id';
  assert v @> '{"url": "https://example.com/hook", "description": "d", "metadata": {"team": "x"}, "status": "active", "topics": ["*"], "ordering": "none",
    "timeout_ms": 30000, "retry_policy": {"max_attempts": 5, "backoff_factor": 2, "initial_delay_ms": 5000, "max_delay_ms": 3600000}}', v::text;
  assert v ->> 'secret' ~ '^whsec_[A-Za-z0-9+/]{32}$', 'Standard Webhooks: 24 random bytes';

  -- The same in all places that hold it.
  assert (select (w.url, w.topics, w.timeout_ms, w.max_attempts, w.backoff_factor, w.initial_delay_ms, w.max_delay_ms, w.ordering, w.webhook_no) from hera.webhooks w where w.id = v_id)
    = ('https://example.com/hook'::text, array['*'], 30000, 5, 2::numeric, 5000::bigint, 3600000::bigint, 'none'::text, 1);
  assert (select e.entity_type from core_entities e where e.id = v_id) = 'INTEGRATION_WEBHOOK';
  assert (select d.field_value_json ->> 'url' from core_dynamic_data d where d.entity_id = v_id and d.field_name = 'webhook_config') = 'https://example.com/hook';
  assert (select t.entity_name from core_relationships r join core_entities t on t.id = r.to_entity_id
    where r.from_entity_id = v_id and r.relationship_type = 'WEBHOOK_DELIVERS_TO' and r.is_active) = 'https://example.com/hook';

  -- UPDATE merges: what is not named stays, retry_policy key by key, null takes a key out (back to its default).
  v := hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"url": "https://example.com/other", "retry_policy": {"max_attempts": 9}, "topics": ["a.*"],
    "timeout_ms": 1000, "rate_limit_per_second": 2.5, "ordering": "fifo", "filter": "$.a == 1", "transform": {"x": "{{$.data.a}}"}}', p_webhook_id => v_id) -> 'webhook';
  assert v @> '{"url": "https://example.com/other", "description": "d", "topics": ["a.*"], "rate_limit_per_second": 2.5,
    "retry_policy": {"max_attempts": 9, "backoff_factor": 2, "initial_delay_ms": 5000, "max_delay_ms": 3600000}}', v::text;
  assert (select (w.url, w.filter::text, w.transform, w.rate_limit_per_second, w.ordering, w.max_attempts) from hera.webhooks w where w.id = v_id)
    = ('https://example.com/other'::text, '($."a" == 1)'::text, '{"x": "{{$.data.a}}"}'::jsonb, 2.5, 'fifo'::text, 9);
  assert (select count(*) from core_relationships r where r.from_entity_id = v_id and r.relationship_type = 'WEBHOOK_DELIVERS_TO') = 2
    and (select t.entity_name from core_relationships r join core_entities t on t.id = r.to_entity_id
      where r.from_entity_id = v_id and r.relationship_type = 'WEBHOOK_DELIVERS_TO' and r.is_active) = 'https://example.com/other', 'the old link is closed';
  v := hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"filter": null, "transform": null, "rate_limit_per_second": null, "ordering": null, "topics": null,
    "timeout_ms": null, "description": null, "metadata": null}', p_webhook_id => v_id) -> 'webhook';
  assert v @> '{"topics": ["*"], "ordering": "none", "timeout_ms": 30000, "retry_policy": {"max_attempts": 9}}' and not v ?| array['filter', 'transform', 'description', 'metadata'], v::text;
  assert (select w.filter is null and w.transform is null and w.rate_limit_per_second is null from hera.webhooks w where w.id = v_id);

  -- DELETE deactivates, ENABLE brings back; both can be repeated.
  for n in 1 .. 2 loop
    assert hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_id) @> '{"success": true, "webhook": {"status": "inactive"}}';
  end loop;
  assert hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_id) @> '{"webhook": {"status": "inactive"}}';
  for n in 1 .. 2 loop
    assert hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_id) @> '{"success": true, "webhook": {"status": "active"}}';
  end loop;
end
$$;
rollback to clean;

-- LIST: the organization's own, in order of making; narrowed by connector or id. Numbers are per organization and never reused.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_one uuid := hera_test.webhook(a.organization);
  v_two uuid := hera_test.webhook(a.organization, '{}', 'hubspot-crm');
  v_foreign uuid := hera_test.webhook(b.organization);
  v jsonb;
begin
  assert (select array_agg((w ->> 'id')::uuid order by n) from jsonb_array_elements(hera_webhook_config_v1(a.admin, a.organization) -> 'webhooks') with ordinality x (w, n))
    = array[v_one, v_two];
  assert jsonb_path_query_array(hera_webhook_config_v1(a.admin, a.organization, 'LIST', p_connector_code => 'hubspot-crm'), '$.webhooks[*].id') = jsonb_build_array(v_two);
  assert jsonb_path_query_array(hera_webhook_config_v1(a.admin, a.organization, 'LIST', p_webhook_id => v_one), '$.webhooks[*].id') = jsonb_build_array(v_one);
  assert hera_webhook_config_v1(a.admin, a.organization, 'LIST', p_webhook_id => v_foreign) -> 'webhooks' = '[]';
  assert (select array_agg(webhook_no order by webhook_no) from hera.webhooks where organization_id = a.organization) = '{1,2}';
  assert (select webhook_no from hera.webhooks where id = v_foreign) = 1;
end
$$;
rollback to clean;

-- Each change is audited, without secrets.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_webhook_config_v1(a.admin, a.organization, 'CREATE',
    '{"url": "https://example.com/hook", "secret": "canary-secret-0001", "headers": {"Authorization": "canary-header"}}') #>> '{webhook,id}';
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"headers": {"Authorization": "canary-header2"}}', p_webhook_id => v_id);
  perform hera_webhook_config_v1(a.admin, a.organization, 'ROTATE_SECRET', '{"secret": "canary-secret-0002"}', p_webhook_id => v_id);
  perform hera_webhook_config_v1(a.admin, a.organization, 'TEST', p_webhook_id => v_id);
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_id);
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_id);
  perform hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_id);
  assert (select array_agg(l.operation order by l.id) from hera.audit_log l where l.organization_id = a.organization and l.target_id = v_id and l.actor_user_id = a.admin)
    = array['CREATE', 'UPDATE', 'ROTATE_SECRET', 'TEST', 'DELETE', 'ENABLE'];
  assert not exists (select from hera.audit_log l where l::text like '%canary%');
end
$$;
rollback to clean;

-- What does not exist, or another organization's: not found. An unknown operation is named as such.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_foreign uuid := hera_test.webhook(b.organization);
  v_operation text;
  v_call text;
begin
  foreach v_operation in array array['GET', 'UPDATE', 'DELETE', 'ENABLE', 'TEST', 'ROTATE_SECRET']
  loop
    v_call := format('select hera_webhook_config_v1(%L, %L, %L, p_webhook_id => ', a.admin, a.organization, v_operation);
    perform hera_test.raises(v_call || format('%L)', v_foreign), 'PT404', 'not_found');
    perform hera_test.raises(v_call || format('%L)', gen_random_uuid()), 'PT404', 'not_found');
    perform hera_test.raises(v_call || 'null)', 'PT404', 'not_found');
  end loop;
  v_call := format('select hera_webhook_config_v1(%L, %L, ', a.admin, a.organization);
  perform hera_test.raises(v_call || '''list'')', 'PT400', 'operation.unknown');
  perform hera_test.raises(v_call || '''PURGE'')', 'PT400', 'operation.unknown');
  perform hera_test.raises(v_call || 'null)', 'PT400', 'operation.unknown');
  perform hera_test.raises(v_call || '''CREATE'', ''{"url": "https://example.com", "colour": 1}'')', 'PT400', 'webhook_config.unknown');
  perform hera_test.raises(v_call || '''CREATE'', ''[]'')', 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(v_call || '''CREATE'', null)', 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(v_call || format('''ROTATE_SECRET'', ''{"url": "x"}'', p_webhook_id => %L)', hera_test.webhook(a.organization)), 'PT400', 'webhook_config.unknown');
end
$$;
