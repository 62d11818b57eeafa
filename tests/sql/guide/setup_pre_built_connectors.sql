SELECT 
  entity_code,
  entity_name,
  created_at
FROM core_entities 
WHERE entity_type = 'INTEGRATION_CONNECTOR_DEF' 
ORDER BY created_at;
