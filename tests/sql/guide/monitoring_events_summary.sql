-- Integration events summary (last 24 hours)
SELECT 
  d1.field_value_text as event_source,
  count(*) as event_count,
  count(*) FILTER (WHERE d2.field_value_text = 'processed') as successful,
  count(*) FILTER (WHERE d2.field_value_text = 'failed') as failed
FROM core_entities e
JOIN core_dynamic_data d1 ON d1.entity_id = e.id AND d1.field_name = 'event_source'
LEFT JOIN core_dynamic_data d2 ON d2.entity_id = e.id AND d2.field_name = 'status'
WHERE e.entity_type = 'INTEGRATION_EVENT'
  AND e.created_at > NOW() - INTERVAL '24 hours'
GROUP BY d1.field_value_text
ORDER BY event_count DESC;
