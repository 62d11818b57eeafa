-- The fixed identities, the ten relationship types and the five connector definitions.
do $$
declare
  v_identity jsonb := hera_identity_resolve_v1('00000000-0000-0000-0000-000000000001');
begin
  assert (select count(*) from core_organizations where id = '00000000-0000-0000-0000-000000000000') = 1, 'platform organization';
  assert v_identity ->> 'user_entity_id' = '00000000-0000-0000-0000-000000000001', 'system actor';
  assert v_identity #>> '{memberships,0,role}' = 'platform_admin', 'platform admin';
  assert v_identity #>> '{memberships,0,organization_id}' = '00000000-0000-0000-0000-000000000000', 'member of the platform';
  assert (
    select array_agg(entity_code order by entity_code) from core_entities
    where entity_type = 'RELATIONSHIP_TYPE' and organization_id = '00000000-0000-0000-0000-000000000000')
    = array['CONNECTOR_BASED_ON', 'CONNECTOR_DEPENDS_ON', 'CONNECTOR_INSTALLED_BY', 'CONNECTOR_SUPPORTS', 'EVENT_PROCESSED_BY',
      'EVENT_TRIGGERS', 'INTEGRATION_MANAGES', 'ORG_AUTHORIZED_FOR', 'WEBHOOK_BELONGS_TO', 'WEBHOOK_DELIVERS_TO'], 'relationship types';
  assert (
    select array_agg(entity_code order by entity_code) from core_entities where entity_type = 'INTEGRATION_CONNECTOR_DEF')
    = array['generic-webhook', 'hubspot-crm', 'linkedin-api', 'meta-graph-api', 'stripe', 'whatsapp-business-cloud', 'zapier-webhook'], 'connector definitions';
  assert (hera_integration_setup_relationships_v1() ->> 'created')::int = 0, 're-runnable';
end
$$;
