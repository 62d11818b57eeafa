-- hera_internal.installed_definition: the definition that an installation runs by. What belongs to an installation reads it here, and not
-- by the connector's code.
create or replace function hera_internal.installed_definition(p_organization_id uuid, p_installation_id uuid)
returns jsonb
language sql
stable
as $$
  select d.field_value_json
  from hera.core_relationships r
  join hera.core_dynamic_data d
    on d.organization_id = hera_internal.platform_id() and d.entity_id = r.to_entity_id and d.field_name = 'connector_config'
  where r.organization_id = p_organization_id and r.from_entity_id = p_installation_id
    and r.relationship_type = 'CONNECTOR_BASED_ON' and r.is_active;
$$;
comment on function hera_internal.installed_definition(uuid, uuid) is 'The connector definition of an installation.';
