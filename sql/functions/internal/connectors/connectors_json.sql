-- hera_internal.connectors_json: connectors as hera_integration_connector_v1 answers them: the platform's definitions and the
-- organization's own installations. An installation also has `health` and the `version` that it is on; a definition its newest `version` and all
-- `versions`, and `assigned` where it requires an assignment; the platform is told the ids of `assigned_organizations` instead.
create or replace function hera_internal.connectors_json(
  p_organization_id uuid, p_type text, p_code text, p_id uuid default null)
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'id', e.id, 'code', e.entity_code, 'name', e.entity_name, 'type', e.entity_type, 'status', e.status,
      'smart_code', e.smart_code, 'config', d.field_value_json, 'created_at', e.created_at,
      'installations_count', (
        -- The platform sees those of every organization.
        select count(*) from hera.core_entities i
        where (i.organization_id = p_organization_id or p_organization_id = hera_internal.platform_id())
          and i.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and i.entity_code = e.entity_code and i.status <> 'inactive'))
    || case
      when e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
        then jsonb_build_object('health', hera_internal.installation_health(p_organization_id, e.id),
          'version', hera_internal.installed_definition(p_organization_id, e.id) -> 'version')
      when p_organization_id = hera_internal.platform_id()
        then jsonb_build_object('assigned_organizations', (
          select coalesce(jsonb_agg(r.organization_id order by r.organization_id), '[]')
          from hera.core_relationships r
          where r.to_entity_id = e.id and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active))
      when (d.field_value_json -> 'requires_assignment')::boolean
        then jsonb_build_object('assigned', hera_internal.is_assigned(p_organization_id, e.id))
      else '{}'
    end
    || case when e.entity_type = 'INTEGRATION_CONNECTOR_DEF'
      then jsonb_build_object('version', d.field_value_json -> 'version', 'versions', hera_internal.versions_of(e.id)) else '{}' end
    order by e.created_at, e.id), '[]')
  from hera.core_entities e
  left join hera.core_dynamic_data d
    on d.organization_id = e.organization_id and d.entity_id = e.id
    and d.field_name = case e.entity_type when 'INTEGRATION_CONNECTOR_DEF' then 'connector_config' else 'installation_config' end
  where (e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
      or e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF')
    and (p_type is null or e.entity_type = p_type)
    and (p_code is null or e.entity_code = p_code)
    and (p_id is null or e.id = p_id);
$$;
comment on function hera_internal.connectors_json(uuid, text, text, uuid) is 'Definitions and installations as a JSON array.';
