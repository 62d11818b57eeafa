-- Into another organization: new ids, paused and inactive, secrets that work; again: nothing. What was switched on stays on.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"secret": "a-secret-of-our-own", "headers": {"X-One": "abcdefghijkl"}}', null);
  v_install uuid := hera_test.installation(a.organization, 'hubspot-crm', '{"client_id": "x"}', '{"client_secret": "shhh-it-is-one"}');
  v_bound uuid := hera_test.webhook(a.organization, '{}', 'hubspot-crm');
  v_document jsonb := hera_integration_export_v1(a.admin, a.organization);
  v_before jsonb := hera_test.integrations(a.organization);
  v jsonb;
  v_new uuid;
begin
  v := hera_integration_import_v1(b.admin, b.organization, v_document);
  assert v @> '{"created": 3, "updated": 0, "unchanged": 0}', v::text;
  assert hera_test.integrations(a.organization) = v_before;
  assert not exists (select from jsonb_array_elements(v -> 'objects') o where o ->> 'id' = o ->> 'source_id' or o -> 'secrets_missing' <> '[]');
  assert (select e.status from hera.core_entities e where e.organization_id = b.organization and e.entity_code = 'hubspot-crm') = 'paused';
  assert (select array_agg(distinct w.status) from hera.webhooks w where w.organization_id = b.organization) = array['inactive'];
  assert (select count(*) from hera.core_relationships r where r.organization_id = b.organization and r.is_active
    and r.relationship_type in ('CONNECTOR_INSTALLED_BY', 'CONNECTOR_BASED_ON', 'WEBHOOK_BELONGS_TO')) = 3;
  select (o ->> 'id')::uuid into v_new from jsonb_array_elements(v -> 'objects') o where o ->> 'source_id' = v_hook::text;
  assert hera_test.credentials(hera_internal.webhook_credentials(b.organization, v_new, hera_internal.now()))
    = '{"secrets": ["a-secret-of-our-own"], "headers": {"X-One": "abcdefghijkl"}}';

  perform hera_webhook_config_v1(b.admin, b.organization, 'ENABLE', p_webhook_id => v_new);
  update hera.core_entities set status = 'active' where organization_id = b.organization and entity_type = 'INTEGRATION_CONNECTOR_INSTALL';
  v := hera_integration_import_v1(b.admin, b.organization, v_document);
  assert (select e.status from hera.core_entities e where e.organization_id = b.organization and e.entity_code = 'hubspot-crm') = 'active';
  assert v @> '{"created": 0, "updated": 0, "unchanged": 3}', v::text;
  assert (select w.status from hera.webhooks w where w.id = v_new) = 'active';

  -- Another database: the same, with the ids as they were where they are free.
  delete from hera.secrets where organization_id = a.organization;
  delete from hera.webhooks where organization_id = a.organization;
  delete from hera.core_relationships where organization_id = a.organization;
  delete from hera.core_dynamic_data where organization_id = a.organization;
  delete from hera.core_entities where organization_id = a.organization and id in (v_hook, v_install, v_bound);
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, smart_code, created_by, updated_by)
  values (v_hook, a.organization, 'OTHER', 'x', 'HERA.TEST.OTHER.v1', a.admin, a.admin);
  v := hera_integration_import_v1(a.admin, a.organization, v_document || '{"database": "another"}');
  assert v @> '{"created": 3}', v::text;
  assert (select array_agg((o ->> 'source_id')::uuid = (o ->> 'id')::uuid order by o ->> 'source_id') from jsonb_array_elements(v -> 'objects') o)
    = array[false, true, true], v::text;
  assert (select array_agg((w.status, w.webhook_no)::text order by w.webhook_no) from hera.webhooks w where w.organization_id = a.organization)
    = array['(inactive,1)', '(inactive,2)'];
  assert (select e.status from hera.core_entities e where e.id = v_install) = 'paused';
  assert hera_integration_import_v1(a.admin, a.organization, v_document || '{"database": "another"}') @> '{"created": 0, "updated": 0, "unchanged": 3}';
end
$$;
