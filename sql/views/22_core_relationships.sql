-- public.core_relationships: every link, read-only: the stored ones, EVENT_PROCESSED_BY (event to installation) and
-- EVENT_TRIGGERS (event to delivery, shown for each attempt's delivery rather than stored).
create or replace view public.core_relationships as
select id, organization_id, from_entity_id, to_entity_id, relationship_type, relationship_direction, relationship_data,
  smart_code, is_active, effective_date, expiration_date, created_at, updated_at, created_by, updated_by, version
from hera.core_relationships
union all
select md5(e.id || ':EVENT_PROCESSED_BY')::uuid, e.organization_id, e.id, e.installation_id, 'EVENT_PROCESSED_BY', 'forward', null,
  'HERA.INTEGRATION.REL.EVENT_PROCESSED_BY.v1', true, e.created_at, null, e.created_at, e.created_at, e.created_by, e.created_by, 1
from hera.events e
where e.installation_id is not null
union all
select md5(a.delivery_id || ':' || a.attempt || ':EVENT_TRIGGERS')::uuid, a.organization_id, hera_internal.delivery_event_id(a.delivery_id), hera_internal.attempt_id(a.delivery_id, a.attempt),
  'EVENT_TRIGGERS', 'forward', null,
  'HERA.INTEGRATION.REL.EVENT_TRIGGERS.v1', true, a.started_at, null, a.started_at, a.started_at,
  '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 1
from hera.attempts a;
grant select on public.core_relationships to hera_dba, hera_reader;
comment on view public.core_relationships is 'Typed links between entities, of events to installations and to deliveries.';
