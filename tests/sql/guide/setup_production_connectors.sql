SELECT 
  entity_code,
  entity_name,
  created_at,
  (SELECT jsonb_extract_path_text(field_value_json, 'status') 
   FROM core_dynamic_data d 
   WHERE d.entity_id = e.id AND d.field_name = 'connector_config') as status
FROM core_entities e
WHERE entity_type = 'INTEGRATION_CONNECTOR_DEF' 
ORDER BY created_at;
