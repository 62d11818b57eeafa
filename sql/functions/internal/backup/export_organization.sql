-- hera_internal.export_organization: the integration configuration of an organization; of the platform also the definitions.
-- The tenant must be the organization.
create or replace function hera_internal.export_organization(p_organization_id uuid, p_secrets boolean)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
    'id', o.id, 'name', o.organization_name, 'code', o.organization_code, 'settings', o.settings,
    'definitions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'code', e.entity_code, 'config', v.config)
        order by e.entity_code, v.version), '[]')
      from hera.core_entities e
      join hera.connector_versions v on v.organization_id = e.organization_id and v.definition_id = e.id
      where e.organization_id = o.id and e.entity_type = 'INTEGRATION_CONNECTOR_DEF'),
    'assignments', (
      select coalesce(jsonb_agg(d.entity_code order by d.entity_code), '[]')
      from hera.core_relationships r
      join hera.core_entities d on d.organization_id = r.to_organization_id and d.id = r.to_entity_id
      where r.organization_id = o.id and r.from_entity_id = o.id and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active),
    'installations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', e.id, 'code', e.entity_code, 'name', e.entity_name, 'description', e.entity_description, 'smart_code', e.smart_code,
        'status', e.status, 'metadata', e.metadata,
        'channel_no', (select c.webhook_no from hera.webhooks c where c.organization_id = e.organization_id and c.id = e.id),
        'fields', (
          select coalesce(jsonb_object_agg(f.field_name,
            jsonb_build_object('type', f.field_type, 'smart_code', f.smart_code, 'value', hera_internal.field_json(f))), '{}')
          from hera.core_dynamic_data f
          where f.organization_id = e.organization_id and f.entity_id = e.id and f.field_name <> 'status'),
        'secrets', case when p_secrets then hera_internal.export_secrets(e.organization_id, e.id) else '[]' end)
        order by e.entity_code), '[]')
      from hera.core_entities e
      where e.organization_id = o.id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'),
    'webhooks', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'webhook_no', w.webhook_no, 'status', w.status, 'status_reason', w.status_reason, 'connector_code', w.connector_code,
        'config', d.field_value_json,
        'secrets', case when p_secrets then hera_internal.export_secrets(w.organization_id, w.id) else '[]' end)
        order by w.webhook_no), '[]')
      from hera.webhooks w
      join hera.core_dynamic_data d on d.organization_id = w.organization_id and d.entity_id = w.id and d.field_name = 'webhook_config'
      where w.organization_id = o.id and w.kind = 'webhook'))
  from hera.core_organizations o
  where o.id = p_organization_id;
$$;
comment on function hera_internal.export_organization(uuid, boolean) is 'Integration configuration as JSON.';
