-- An import under a key is made once; repeated later, it takes back nothing that was changed since.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization);
  v_document jsonb := hera_integration_export_v1(a.admin, a.organization, '{"secrets": false}');
  v_first jsonb := hera_integration_import_v1(a.admin, a.organization, v_document, '{"idempotency_key": "k"}');
begin
  assert v_first @> '{"success": true, "duplicate": false}', v_first::text;
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"description": "changed since"}', p_webhook_id => v_hook);
  assert hera_integration_import_v1(a.admin, a.organization, v_document, '{"idempotency_key": "k"}') = v_first || '{"duplicate": true}';
  assert hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_hook) #>> '{webhook,description}' = 'changed since';
  perform hera_test.raises(format('select hera_integration_import_v1(%L, %L, %L, ''{"idempotency_key": "k", "unknown_keys": "skip"}'')', a.admin, a.organization, v_document),
    'PT422', 'idempotency.mismatch');
end
$$;
