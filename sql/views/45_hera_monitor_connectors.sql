-- public.hera_monitor_connectors: installations that are not uninstalled, their state and when their token is over.
create or replace view public.hera_monitor_connectors as
select e.organization_id, e.id, e.entity_code as code, e.status, e.created_at, t.field_value_date as token_expires_at,
  s.field_value_date as last_success_at, coalesce(f.field_value_text, f.field_value_json::text) as last_error
from hera.core_entities e
left join hera.core_dynamic_data t
  on t.organization_id = e.organization_id and t.entity_id = e.id and t.field_name = 'token_expires_at'
left join hera.core_dynamic_data s
  on s.organization_id = e.organization_id and s.entity_id = e.id and s.field_name = 'last_success_at'
left join hera.core_dynamic_data f
  on f.organization_id = e.organization_id and f.entity_id = e.id and f.field_name = 'last_error'
where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive';
grant select on public.hera_monitor_connectors to hera_dba, hera_reader;
comment on view public.hera_monitor_connectors is 'Connector installations, their health and tokens.';
