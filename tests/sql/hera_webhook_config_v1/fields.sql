-- Every field has its limits, at CREATE and at UPDATE.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_create constant text := format('select hera_webhook_config_v1(%L, %L, ''CREATE'', %%L)', a.admin, a.organization);
  v_update constant text := format('select hera_webhook_config_v1(%L, %L, ''UPDATE'', %%L, p_webhook_id => %L)', a.admin, a.organization, v_webhook);
  v_config jsonb;
begin
  for v_config in
    select jsonb_array_elements(('[
      {"url": null}, {"url": 5}, {"url": ""}, {"url": "example.com"}, {"url": "http://example.com"}, {"url": "ftp://example.com"},
      {"topics": []}, {"topics": "a"}, {"topics": {}}, {"topics": [5]}, {"topics": [""]}, {"topics": ["a b"]}, {"topics": ["*.a"]}, {"topics": ["a*"]}, {"topics": ["**"]},
      {"topics": ["a.*.b"]}, {"topics": ["a\n"]}, {"topics": [null]},
      {"filter": 5}, {"filter": ""}, {"filter": "$.a"}, {"filter": "x"}, {"filter": "$.a ="}, {"filter": {}}, {"filter": "$.** == 1"}, {"filter": "$.a like_regex \"x\""},
      {"transform": "x"}, {"transform": 5}, {"transform": {"a": "{{x y}}"}}, {"transform": {"a": "{{$.**}}"}}, {"transform": {"a": "{{$.a like_regex \"x\"}}"}},
      {"headers": []}, {"headers": "x"}, {"headers": {"A": 5}}, {"headers": {"": "x"}}, {"headers": {"A b": "x"}}, {"headers": {"A:": "x"}}, {"headers": {"A": ""}},
      {"headers": {"A": "x\ny"}}, {"headers": {"A": "x\r\nB: y"}}, {"headers": {"A\r\n": "x"}}, {"headers": {"A": " x"}}, {"headers": {"A": "x "}}, {"headers": {"A": "ä"}},
      {"headers": {"A": "x\u0001"}}, {"headers": {"Host": "x"}}, {"headers": {"content-LENGTH": "1"}}, {"headers": {"Transfer-Encoding": "chunked"}},
      {"headers": {"webhook-id": "x"}}, {"headers": {"Webhook-Signature": "x"}}, {"headers": {"x-hera-signature": "x"}}, {"headers": {"User-Agent": "x"}}, {"headers": {"Connection": "x"}},
      {"headers": {"Content-Type": "x"}}, {"headers": {"Proxy-Authorization": "x"}}, {"headers": {"Expect": "100-continue"}},
      {"retry_policy": 5}, {"retry_policy": []},
      {"retry_policy": {"max_attempts": 0}}, {"retry_policy": {"max_attempts": 51}}, {"retry_policy": {"max_attempts": 1.5}}, {"retry_policy": {"max_attempts": "5"}},
      {"retry_policy": {"backoff_factor": 0.9}}, {"retry_policy": {"backoff_factor": 11}}, {"retry_policy": {"initial_delay_ms": -1}}, {"retry_policy": {"initial_delay_ms": 86400001}},
      {"retry_policy": {"max_delay_ms": -1}}, {"retry_policy": {"max_delay_ms": 604800001}}, {"retry_policy": {"max_delay_ms": 1e400}},
      {"timeout_ms": 99}, {"timeout_ms": 60001}, {"timeout_ms": "1000"}, {"timeout_ms": 100.5}, {"timeout_ms": true},
      {"rate_limit_per_second": 0}, {"rate_limit_per_second": -1}, {"rate_limit_per_second": 10001}, {"rate_limit_per_second": "5"},
      {"ordering": "lifo"}, {"ordering": 5}, {"ordering": "FIFO"}, {"metadata": []}, {"metadata": "x"},
      {"description": 1e300}, {"description": ["x"]}, {"description": {"x": 1}}]')::jsonb
      || jsonb_build_array(
        jsonb_build_object('url', 'https://example.com/' || repeat('x', 2049)),
        jsonb_build_object('topics', (select jsonb_agg('t' || i) from generate_series(1, 101) i)),
        jsonb_build_object('filter', '$.a == "' || repeat('x', 1000) || '"'),
        jsonb_build_object('transform', jsonb_build_object('a', repeat('x', 16384))),
        jsonb_build_object('transform', (repeat('{"a":', 65) || '1' || repeat('}', 65))::jsonb),
        jsonb_build_object('headers', (select jsonb_object_agg('H' || i, 'x') from generate_series(1, 21) i)),
        jsonb_build_object('headers', jsonb_build_object('A', repeat('x', 2049))),
        jsonb_build_object('headers', jsonb_build_object(repeat('A', 129), 'x')),
        jsonb_build_object('description', repeat('x', 1001)),
        jsonb_build_object('metadata', jsonb_build_object('a', repeat('x', 16384)))))
  loop
    perform hera_test.raises(format(v_create, '{"url": "https://example.com/hook"}' || v_config), 'PT400', 'webhook_config.invalid');
    perform hera_test.raises(format(v_update, v_config), 'PT400', 'webhook_config.invalid');
  end loop;
  perform hera_test.raises(format(v_create, '{"topics": ["a"]}'), 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(format(v_create, '{"url": "https://example.com", "retry_policy": {"max": 1}}'), 'PT400', 'webhook_config.retry_policy.unknown');
  perform hera_test.raises(format(v_update, '{"secret": "0123456789abcdef"}'), 'PT400', 'webhook_config.invalid');
  assert (select count(*) from hera.webhooks where organization_id = a.organization) = 1;
end
$$;
rollback to clean;

-- What stands at the limits is taken.
do $$
declare
  a record := hera_test.organization('A');
  v_config jsonb;
begin
  for v_config in
    select jsonb_array_elements('[
      {"topics": ["*", "a", "a.*", "A-b:c/d_e.f"]}, {"filter": "$.a == 1"}, {"filter": "!($.a > 1) && exists($.b[*])"}, {"transform": []}, {"transform": {"a": ["{{$.data}}", "x {{ $.id }} y", 5, null, true]}},
      {"headers": {}}, {"headers": {"Authorization": "Bearer x", "X-A!#$%&*+.^_`|~": "a\tb c"}}, {"retry_policy": {"max_attempts": 1, "backoff_factor": 1, "initial_delay_ms": 0, "max_delay_ms": 0}},
      {"retry_policy": {"max_attempts": 50, "backoff_factor": 10, "initial_delay_ms": 86400000, "max_delay_ms": 604800000}}, {"timeout_ms": 100}, {"timeout_ms": 60000},
      {"rate_limit_per_second": 0.01}, {"rate_limit_per_second": 10000}, {"ordering": "none"}, {"ordering": "fifo"}, {"metadata": {}}]')
  loop
    perform hera_test.webhook(a.organization, v_config);
  end loop;
end
$$;
rollback to clean;

-- Binding to a connector: as for events, and the link to the installation.
do $$
declare
  a record := hera_test.organization('A');
  v_installation uuid := gen_random_uuid();
  v_webhook uuid;
begin
  perform hera_test.raises(format('select hera_test.webhook(%L, ''{}'', ''no-such'')', a.organization), 'PT404', 'connector.unknown');
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
  values (v_installation, a.organization, 'INTEGRATION_CONNECTOR_INSTALL', 'HubSpot', 'hubspot-crm', 'HERA.INTEGRATION.INSTALL.HUBSPOT.v1', 'active', a.admin, a.admin);
  v_webhook := hera_test.webhook(a.organization, '{}', 'hubspot-crm');
  assert (select r.to_entity_id from core_relationships r where r.from_entity_id = v_webhook and r.relationship_type = 'WEBHOOK_BELONGS_TO' and r.is_active) = v_installation;
  assert (select (w.connector_code, w.installation_id) from hera.webhooks w where w.id = v_webhook) = ('hubspot-crm'::text, v_installation);
  update hera.core_entities set status = 'paused' where id = v_installation;
  perform hera_test.raises(format('select hera_test.webhook(%L, ''{}'', ''hubspot-crm'')', a.organization), 'PT409', 'connector.paused');
end
$$;
