-- The whole platform: definitions, every organization into its own, missing ones made, assignments kept.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization);
  v_install uuid := hera_test.installation(a.organization, 'hubspot-crm');
  v_definition uuid := (select id from hera.core_entities where entity_code = 'hubspot-crm' and entity_type = 'INTEGRATION_CONNECTOR_DEF');
  v_gone uuid := gen_random_uuid();
  v_document jsonb;
  v jsonb;
begin
  insert into hera.core_relationships (organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
  values (a.organization, a.organization, v_definition, 'ORG_AUTHORIZED_FOR', 'HERA.INTEGRATION.REL.ORG_AUTHORIZED_FOR.v1', a.admin, a.admin);
  v_document := hera_integration_export_v1(hera_test.system(), hera_test.platform(), '{"all": true}');
  assert jsonb_array_length(v_document -> 'organizations') = (select count(*) from hera.core_organizations);
  assert jsonb_array_length(v_document #> '{organizations,0,definitions}') >= 5;
  v := hera_integration_import_v1(hera_test.system(), hera_test.platform(), v_document, '{"all": true}');
  assert v @> '{"created": 0, "updated": 0}', v::text;

  -- Another database: a definition is missing, and an organization.
  v_document := replace(v_document::text, a.organization::text, v_gone::text)::jsonb || '{"database": "another"}';
  v_document := jsonb_set(v_document, '{organizations,0,definitions,0,config,description}', '"Renamed"');
  v_document := jsonb_set(v_document, '{organizations}', (
    select jsonb_agg(case when o ->> 'id' = v_gone::text
      then jsonb_set(o, '{webhooks,0,secrets}', '[]') || jsonb_build_object('code', 'GONE-' || v_gone) else o end)
    from jsonb_array_elements(v_document -> 'organizations') o));
  v := hera_integration_import_v1(hera_test.system(), hera_test.platform(), v_document, '{"all": true}');
  assert v @> '{"created": 3, "updated": 1}', v::text;
  assert (select array_agg(o ->> 'type' order by o ->> 'type') from jsonb_array_elements(v -> 'objects') o where o ->> 'action' = 'created')
    = array['installation', 'organization', 'webhook'];
  assert (select o.organization_code from hera.core_organizations o where o.id = v_gone) = 'GONE-' || v_gone;
  assert (select e.id from hera.core_entities e where e.organization_id = v_gone and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL') = v_install;
  assert exists (select from hera.core_relationships r where r.organization_id = v_gone and r.relationship_type = 'ORG_AUTHORIZED_FOR');
  assert hera_integration_import_v1(hera_test.system(), hera_test.platform(), v_document, '{"all": true}') @> '{"created": 0, "updated": 0}';
end
$$;
