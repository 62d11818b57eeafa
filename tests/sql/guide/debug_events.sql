SELECT 
  e.created_at,
  e.entity_code,
  d1.field_value_text as event_source,
  d2.field_value_text as event_type,
  e.smart_code
FROM core_entities e
JOIN core_dynamic_data d1 ON d1.entity_id = e.id AND d1.field_name = 'event_source'
JOIN core_dynamic_data d2 ON d2.entity_id = e.id AND d2.field_name = 'event_type'
WHERE e.entity_type = 'INTEGRATION_EVENT'
ORDER BY e.created_at DESC
LIMIT 10;
