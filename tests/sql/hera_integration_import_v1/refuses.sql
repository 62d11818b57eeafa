do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization);
  v_install uuid := hera_test.installation(a.organization, 'hubspot-crm');
  v_document jsonb := hera_integration_export_v1(a.admin, a.organization);
  v_call constant text := 'select hera_integration_import_v1(%L, %L, %L, %L)';
  v_role text;
  v_case record;
begin
  foreach v_role in array array['member', 'integration_manager'] loop
    perform hera_test.raises(format(v_call, hera_test.member(a.organization, v_role), a.organization, v_document, '{}'), 'PT403', 'permission_denied');
    perform hera_test.raises(format('select hera_integration_export_v1(%L, %L)', hera_test.member(a.organization, v_role), a.organization),
      'PT403', 'permission_denied');
  end loop;
  perform hera_test.raises(format(v_call, b.admin, a.organization, v_document, '{}'), 'PT403', 'actor_not_member');
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L)', b.admin, a.organization), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, a.admin, a.organization, v_document, '{"all": true}'), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L, ''{"all": true}'')', a.admin, a.organization), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L, ''{"all": true}'')',
    hera_test.member(hera_test.platform(), 'org_admin'), hera_test.platform()), 'PT403', 'permission_denied');

  for v_case in
    select * from (values
      ('document.invalid', '{}'::jsonb, '{}'),
      ('document.invalid', '[]', '{}'),
      ('document.invalid', v_document || '{"format": "x"}', '{}'),
      ('document.invalid', v_document || '{"organizations": []}', '{}'),
      ('document.invalid', v_document || '{"organizations": [{}]}', '{}'),
      ('document.invalid', jsonb_set(v_document, '{organizations,0,webhooks,0,id}', 'null'), '{}'),
      ('document.invalid', jsonb_set(v_document, '{organizations,0,installations,0,smart_code}', '"x"'), '{}'),
      ('document.invalid', jsonb_set(v_document, '{organizations,0,installations,0,status}', '"on"'), '{}'),
      ('document.invalid', jsonb_set(v_document, '{organizations,0,installations,0,fields,installation_config,type}', '"xml"'), '{}'),
      ('document.invalid', jsonb_set(v_document, '{organizations,1}', v_document #> '{organizations,0}'), '{}'),
      ('field.invalid', jsonb_set(v_document, '{organizations,0,webhooks,0,id}', '"x"'), '{}'),
      ('webhook_config.invalid', jsonb_set(v_document, '{organizations,0,webhooks,0,config,url}', '"http://127.0.0.1/"'), '{}'),
      ('webhook_config.unknown', jsonb_set(v_document, '{organizations,0,webhooks,0,config,ulr}', '"x"'), '{}'),
      ('installation_config.unknown', jsonb_set(v_document, '{organizations,0,installations,0,fields,installation_config,value,x}', '1'), '{}'),
      ('installation_config.invalid', jsonb_set(v_document, '{organizations,0,installations,0,fields,installation_config,value,client_id}', '1'), '{}'),
      ('installation_config.missing', v_document #- '{organizations,0,installations,0,fields,installation_config,value,client_id}', '{}'),
      ('options.unknown', v_document, '{"force": true}'),
      ('options.invalid', v_document, '{"unknown_keys": "drop"}'),
      ('options.invalid', v_document, '{"all": "yes"}')
    ) as c (code, document, options)
  loop
    perform hera_test.raises(format(v_call, a.admin, a.organization, v_case.document, v_case.options), 'PT400', v_case.code);
  end loop;
  perform hera_test.raises(format(v_call, a.admin, a.organization, null::text, '{}'), 'PT400', 'document.invalid');
  perform hera_test.raises(format(v_call, a.admin, a.organization, jsonb_set(v_document, '{organizations,0,installations,0,code}', '"none"'), '{}'),
    'PT404', 'not_found');

  -- What may not be installed may not be imported.
  update hera.core_dynamic_data set field_value_json = field_value_json || '{"requires_assignment": true}'
  where field_name = 'connector_config' and entity_id = (select id from hera.core_entities where entity_code = 'hubspot-crm'
    and entity_type = 'INTEGRATION_CONNECTOR_DEF');
  perform hera_test.raises(format(v_call, b.admin, b.organization, v_document, '{}'), 'PT403', 'connector.not_assigned');
  update hera.core_dynamic_data set field_value_json = field_value_json || '{"status": "retired"}'
  where field_name = 'connector_config' and entity_id = (select id from hera.core_entities where entity_code = 'hubspot-crm'
    and entity_type = 'INTEGRATION_CONNECTOR_DEF');
  perform hera_test.raises(format(v_call, b.admin, b.organization, v_document, '{}'), 'PT409', 'connector.retired');
  assert not exists (select from hera.webhooks w where w.organization_id = b.organization);
end
$$;

-- A tenant's document can't bring definitions or assignments in.
do $$
declare
  a record := hera_test.organization('A');
  v_document jsonb := hera_integration_export_v1(a.admin, a.organization);
  v jsonb;
begin
  v_document := jsonb_set(v_document, '{organizations,0,definitions}', '[{"code": "mine", "name": "Mine", "config": {}}]');
  v_document := jsonb_set(v_document, '{organizations,0,assignments}', '["hubspot-crm"]');
  v := hera_integration_import_v1(a.admin, a.organization, v_document);
  assert v -> 'objects' = '[]', v::text;
  assert not exists (select from hera.core_entities e where e.entity_code = 'mine');
  assert not exists (select from hera.core_relationships r where r.organization_id = a.organization);
end
$$;
