-- What the connector code of an event means: installed, paused, only defined, unknown.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_installation uuid := gen_random_uuid();
  v_definition uuid := (select id from hera.core_entities where entity_type = 'INTEGRATION_CONNECTOR_DEF' and entity_code = 'hubspot-crm');
  v jsonb;
  v_call constant text := format($q$select hera_integration_event_in_v1(%L, %L, 'hubspot', 'contact', '{}', 'hubspot-crm')$q$, a.admin, a.organization);
  v_status text;
begin
  v := hera_integration_event_in_v1(a.admin, a.organization, 'hubspot', 'contact', '{}', 'hubspot-crm');
  assert v @> jsonb_build_object('connector_installed', false, 'connector_id', v_definition), v::text;
  assert (select installation_id is null and connector_code = 'hubspot-crm' from hera.events where id = (v ->> 'event_id')::uuid);

  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
  values (v_installation, a.organization, 'INTEGRATION_CONNECTOR_INSTALL', 'HubSpot', 'hubspot-crm', 'HERA.INTEGRATION.INSTALL.HUBSPOT.v1', 'active', a.admin, a.admin);
  v := hera_integration_event_in_v1(a.admin, a.organization, 'hubspot', 'contact', '{}', 'hubspot-crm');
  assert v @> jsonb_build_object('connector_installed', true, 'connector_id', v_installation), v::text;
  assert (select r.to_entity_id from core_relationships r where r.from_entity_id = (v ->> 'event_id')::uuid and r.relationship_type = 'EVENT_PROCESSED_BY')
    = v_installation, 'the event is linked to the installation';

  -- An installation that needs a person's care still takes events in.
  foreach v_status in array array['pending_auth', 'error', 'reauth_required']
  loop
    update hera.core_entities set status = v_status where id = v_installation;
    assert hera_integration_event_in_v1(a.admin, a.organization, 'hubspot', 'contact', '{}', 'hubspot-crm') @> '{"connector_installed": true}', v_status;
  end loop;
  update hera.core_entities set status = 'paused' where id = v_installation;
  perform hera_test.raises(v_call, 'PT409', 'connector.paused');
  update hera.core_entities set status = 'inactive' where id = v_installation;
  perform hera_test.raises(v_call, 'PT409', 'connector.inactive');

  -- A new installation takes the place of the inactive one.
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
  values (gen_random_uuid(), a.organization, 'INTEGRATION_CONNECTOR_INSTALL', 'HubSpot', 'hubspot-crm', 'HERA.INTEGRATION.INSTALL.HUBSPOT.v1', 'active', a.admin, a.admin);
  assert hera_integration_event_in_v1(a.admin, a.organization, 'hubspot', 'contact', '{}', 'hubspot-crm') @> '{"connector_installed": true}';

  -- Another organization's installation is nobody else's.
  assert hera_integration_event_in_v1(b.admin, b.organization, 'hubspot', 'contact', '{}', 'hubspot-crm')
    @> jsonb_build_object('connector_installed', false, 'connector_id', v_definition);
end
$$;
rollback to clean;

-- A code that names nothing: refused for tenants, accepted for the platform.
do $$
declare
  a record := hera_test.organization('A');
begin
  perform hera_test.raises(format($q$select hera_integration_event_in_v1(%L, %L, 's', 't', '{}', 'no-such')$q$, a.admin, a.organization),
    'PT404', 'connector.unknown');
  assert hera_integration_event_in_v1(hera_test.system(), hera_test.platform(), 's', 't', '{}', 'no-such')
    @> '{"success": true, "connector_installed": false, "connector_id": null}';
end
$$;
