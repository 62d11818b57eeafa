-- as hera_view
-- What delivery reads of a webhook (hera.webhooks) is what its webhook_config field says.
select w.organization_id, w.id
from hera.webhooks w
left join hera.core_dynamic_data d
  on d.organization_id = w.organization_id and d.entity_id = w.id and d.field_name = 'webhook_config'
where w.kind = 'webhook' and (d.entity_id is null
  or w.url is distinct from d.field_value_json ->> 'url'
  or to_jsonb(w.topics) is distinct from d.field_value_json -> 'topics'
  or w.topic_starts <> hera_internal.topic_starts(w.topics)
  or w.filter::text is distinct from ((d.field_value_json ->> 'filter')::jsonpath)::text
  or w.transform is distinct from d.field_value_json -> 'transform'
  or w.ordering is distinct from d.field_value_json ->> 'ordering'
  or w.timeout_ms is distinct from (d.field_value_json ->> 'timeout_ms')::int
  or w.rate_limit_per_second is distinct from (d.field_value_json ->> 'rate_limit_per_second')::numeric
  or w.max_attempts is distinct from (d.field_value_json #>> '{retry_policy,max_attempts}')::int
  or w.backoff_factor is distinct from (d.field_value_json #>> '{retry_policy,backoff_factor}')::numeric
  or w.initial_delay_ms is distinct from (d.field_value_json #>> '{retry_policy,initial_delay_ms}')::bigint
  or w.max_delay_ms is distinct from (d.field_value_json #>> '{retry_policy,max_delay_ms}')::bigint);
