-- public.core_entities: every entity, read-only: the stored ones, events and delivery attempts.
-- Each arm is one table without a WHERE, so that the planner sees through UNION ALL to the indexes of each.
create or replace view public.core_entities as
select id, organization_id, entity_type, entity_name, entity_code, entity_description, parent_entity_id,
  smart_code, smart_code_status, status, business_rules, metadata, tags, created_at, updated_at,
  created_by, updated_by, version
from hera.core_entities
union all
select e.id, e.organization_id, 'INTEGRATION_EVENT', e.event_source || '.' || e.event_type, 'EVT-' || e.id, null, null,
  e.smart_code, 'LIVE', e.status, null, null, null, e.created_at, e.created_at,
  e.created_by, e.created_by, 1
from hera.events e
union all
select hera_internal.attempt_id(a.delivery_id, a.attempt), a.organization_id, 'WEBHOOK_DELIVERY_LOG',
  'Attempt ' || a.attempt, 'ATT-' || a.delivery_id || '-' || a.attempt, null, null,
  'HERA.INTEGRATION.WEBHOOK.DELIVERY.LOG.v1', 'LIVE',
  case when a.status_code between 200 and 299 then 'delivered' else 'failed' end,
  null, null, null, a.started_at, a.started_at + a.duration_ms * interval '1 ms',
  '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 1
from hera.attempts a;
grant select on public.core_entities to hera_dba, hera_reader;
comment on view public.core_entities is 'Entities: the stored ones, INTEGRATION_EVENT (events) and WEBHOOK_DELIVERY_LOG (delivery attempts).';
