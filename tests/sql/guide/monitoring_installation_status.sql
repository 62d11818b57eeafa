-- Connector installation status
SELECT 
  e.entity_code as connector_code,
  count(*) as installations,
  count(*) FILTER (WHERE d.field_value_text = 'active') as active,
  count(*) FILTER (WHERE d.field_value_text = 'paused') as paused
FROM core_entities e
JOIN core_dynamic_data d ON d.entity_id = e.id AND d.field_name = 'status'
WHERE e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
GROUP BY e.entity_code
ORDER BY installations DESC;
