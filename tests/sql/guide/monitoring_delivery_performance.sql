-- Webhook delivery performance
SELECT 
  DATE_TRUNC('hour', e.created_at) as hour,
  count(*) as total_deliveries,
  avg((d1.field_value_number)) as avg_status_code,
  count(*) FILTER (WHERE d1.field_value_number BETWEEN 200 AND 299) as successful
FROM core_entities e
JOIN core_dynamic_data d1 ON d1.entity_id = e.id AND d1.field_name = 'status_code'
WHERE e.entity_type = 'WEBHOOK_DELIVERY_LOG'
  AND e.created_at > NOW() - INTERVAL '24 hours'
GROUP BY DATE_TRUNC('hour', e.created_at)
ORDER BY hour;
