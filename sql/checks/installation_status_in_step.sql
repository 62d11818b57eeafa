-- as hera_view
-- The status of an installation (what ingest reads) is what its field `status` says (what HERA users read), and it has a definition.
select e.organization_id, e.id, e.status, d.field_value_text as field
from hera.core_entities e
left join hera.core_dynamic_data d on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'status'
where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
  and (e.status is distinct from d.field_value_text
    or e.status not in ('active', 'pending_auth', 'paused', 'error', 'reauth_required', 'inactive')
    or not exists (
      select from hera.core_relationships r
      where r.organization_id = e.organization_id and r.from_entity_id = e.id
        and r.relationship_type = 'CONNECTOR_BASED_ON' and r.is_active));
