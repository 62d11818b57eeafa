-- for psql
-- Applies the connector definitions and reports:
--   psql -f sql/seeds/setup-prebuilt-connectors.sql
-- Who: a superuser or a login of hera_dba. Can be run again and again. Stops with exit code 3 at the first fault.
\set ON_ERROR_STOP on
\set QUIET on
\pset pager off
begin;
\echo 'Connector definitions:'
\o /dev/null
\ir connectors/whatsapp-business-cloud.sql
\ir connectors/linkedin-api.sql
\ir connectors/meta-graph-api.sql
\ir connectors/zapier-webhook.sql
\ir connectors/hubspot-crm.sql
\ir connectors/generic-webhook.sql
\ir connectors/stripe.sql
\o
commit;

select e.entity_code as connector, e.entity_name as name, d.field_value_json ->> 'status' as status, e.version,
  d.field_value_json #>> '{auth,type}' as auth,
  jsonb_array_length(d.field_value_json -> 'fields') as fields,
  (select count(*) from public.core_relationships r
    where r.from_entity_id = e.id and r.relationship_type = 'CONNECTOR_SUPPORTS' and r.is_active) as events,
  coalesce(jsonb_array_length(d.field_value_json -> 'actions'), 0) as actions,
  e.updated_at
from public.core_entities e
join public.core_dynamic_data d on d.entity_id = e.id and d.organization_id = e.organization_id and d.field_name = 'connector_config'
where e.entity_type = 'INTEGRATION_CONNECTOR_DEF'
order by e.created_at, e.entity_code;
\echo 'Done. Check the whole installation with sql/checks/verify-integration-setup.sql.'
