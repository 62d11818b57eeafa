-- LIST and GET: the platform's definitions and one's own installations.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_member uuid := hera_test.member(a.organization);
  v jsonb;
begin
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
  values (gen_random_uuid(), b.organization, 'INTEGRATION_CONNECTOR_INSTALL', 'B canary', 'hubspot-crm', 'HERA.INTEGRATION.INSTALL.HUBSPOT.v1', 'active', b.admin, b.admin),
    (gen_random_uuid(), a.organization, 'INTEGRATION_CONNECTOR_INSTALL', 'A', 'zapier-webhook', 'HERA.INTEGRATION.INSTALL.ZAPIER.v1', 'active', a.admin, a.admin);
  v := hera_integration_connector_v1(v_member, a.organization, 'LIST', 'INTEGRATION_CONNECTOR_DEF');
  assert (select array_agg(c ->> 'code' order by c ->> 'code') from jsonb_array_elements(v -> 'connectors') c) @> array['hubspot-crm', 'linkedin-api', 'meta-graph-api', 'whatsapp-business-cloud', 'zapier-webhook'];
  assert (select array_agg(k order by k) from jsonb_object_keys(v #> '{connectors,0}') k) = array['code', 'config', 'created_at', 'id', 'installations_count', 'name', 'smart_code', 'status', 'type', 'version', 'versions'];
  v := hera_integration_connector_v1(a.admin, a.organization);
  assert v::text not like '%canary%';
  assert (select count(*) from jsonb_array_elements(v -> 'connectors') c where c ->> 'type' = 'INTEGRATION_CONNECTOR_INSTALL') = 1;
  v := hera_integration_connector_v1(a.admin, a.organization, 'GET', 'INTEGRATION_CONNECTOR_DEF', 'zapier-webhook');
  assert v -> 'connector' @> '{"code": "zapier-webhook", "type": "INTEGRATION_CONNECTOR_DEF", "status": "active", "installations_count": 1, "config": {"status": "active"}}', v::text;
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''GET'', null, ''no-such'')', a.admin, a.organization), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''GET'')', a.admin, a.organization), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''LIST'', ''USER'')', a.admin, a.organization), 'PT400', 'connector_type.invalid');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''EXPLODE'')', a.admin, a.organization), 'PT400', 'operation.unknown');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''LIST'', p_options => ''{"x": 1}'')', a.admin, a.organization), 'PT400', 'options.unknown');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L)', b.admin, a.organization), 'PT403', 'actor_not_member');
end
$$;
