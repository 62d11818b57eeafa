-- The ten types are there, and setting up again changes nothing; one that is missing comes back.
do $$
declare
  v jsonb := hera_integration_setup_relationships_v1();
begin
  assert v = '{"success": true, "created": 0, "relationship_types": ["CONNECTOR_BASED_ON", "CONNECTOR_DEPENDS_ON", "CONNECTOR_INSTALLED_BY", "CONNECTOR_SUPPORTS", "EVENT_PROCESSED_BY",
    "EVENT_TRIGGERS", "INTEGRATION_MANAGES", "ORG_AUTHORIZED_FOR", "WEBHOOK_BELONGS_TO", "WEBHOOK_DELIVERS_TO"]}', v::text;
  delete from hera.core_entities where entity_type = 'RELATIONSHIP_TYPE' and entity_code = 'EVENT_TRIGGERS';
  assert hera_integration_setup_relationships_v1() @> '{"created": 1}';
  assert (select count(*) from core_entities e where e.entity_type = 'RELATIONSHIP_TYPE' and hera_internal.smart_code_ok(e.smart_code)) = 10;
end
$$;
