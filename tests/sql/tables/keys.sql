-- Foreign keys keep organizations apart even where a function would be wrong: a row points within its own, or to the platform's catalogue.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(b.organization);
  v_insert constant text := 'insert into hera.core_relationships (organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
    values (%L, %L, %L, %L, ''HERA.INTEGRATION.REL.TEST.v1'', %L, %L)';
  v_definition uuid := (select id from hera.core_entities where entity_code = 'hubspot-crm' and entity_type = 'INTEGRATION_CONNECTOR_DEF');
begin
  perform hera_test.raises(format(v_insert, a.organization, a.organization, v_webhook, 'WEBHOOK_DELIVERS_TO', a.admin, a.admin), '23503');
  perform hera_test.raises(format(v_insert, a.organization, v_webhook, a.organization, 'WEBHOOK_DELIVERS_TO', a.admin, a.admin), '23503');
  perform hera_test.raises(format(v_insert, a.organization, a.organization, v_webhook, 'CONNECTOR_BASED_ON', a.admin, a.admin), '23503');
  execute format(v_insert, a.organization, a.organization, v_definition, 'ORG_AUTHORIZED_FOR', a.admin, a.admin);
  perform hera_test.raises(format($q$insert into hera.core_dynamic_data (organization_id, entity_id, field_name, field_type, smart_code, created_by, updated_by)
    values (%L, %L, 'x', 'text', 'HERA.TEST.FIELD.v1', %L, %L)$q$, a.organization, v_webhook, a.admin, a.admin), '23503');
  perform hera_test.raises(format($q$insert into hera.secrets (organization_id, entity_id, name, version, sealed, hint) values (%L, %L, 'x', 1, '', '')$q$, a.organization, v_webhook), '23503');
end
$$;
