-- as hera_view
-- Each secret that a live installation shows masked is stored.
select e.organization_id, e.id, f.value ->> 'name' as secret
from hera.core_entities e
join hera.core_dynamic_data c on c.organization_id = e.organization_id and c.entity_id = e.id and c.field_name = 'installation_config'
join hera.core_relationships r
  on r.organization_id = e.organization_id and r.from_entity_id = e.id and r.relationship_type = 'CONNECTOR_BASED_ON' and r.is_active
join hera.connector_versions v
  on v.organization_id = r.to_organization_id and v.definition_id = r.to_entity_id and to_jsonb(v.version) = e.metadata -> 'definition_version'
cross join jsonb_array_elements(v.config -> 'fields') f
where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'
  and (f.value -> 'secret')::boolean and c.field_value_json ? (f.value ->> 'name')
  and not exists (
    select from hera.secrets s
    where s.organization_id = e.organization_id and s.entity_id = e.id and s.name = f.value ->> 'name');
