-- hera_internal.installed_definition: the definition that an installation runs by, in the version that it is on. What belongs to an
-- installation reads it here, and not by the connector's code.
create or replace function hera_internal.installed_definition(p_organization_id uuid, p_installation_id uuid)
returns jsonb
language sql
stable
as $$
  select hera_internal.definition_version(r.to_entity_id, (e.metadata ->> 'definition_version')::int)
  from hera.core_relationships r
  join hera.core_entities e on e.organization_id = r.organization_id and e.id = r.from_entity_id
  where r.organization_id = p_organization_id and r.from_entity_id = p_installation_id
    and r.relationship_type = 'CONNECTOR_BASED_ON' and r.is_active;
$$;
comment on function hera_internal.installed_definition(uuid, uuid) is 'The connector definition of an installation.';
