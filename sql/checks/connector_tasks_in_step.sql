-- as hera_view
-- An authorization that ends is looked after, and nothing is due at a provider for an installation that does not run.
select t.organization_id, t.installation_id, t.kind
from hera.connector_tasks t
join hera.core_entities e on e.organization_id = t.organization_id and e.id = t.installation_id
where t.kind <> 'revoke' and e.status in ('inactive', 'pending_auth', 'reauth_required')
union all
select e.organization_id, e.id, 'refresh'
from hera.core_entities e
join hera.core_dynamic_data d on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'token_expires_at'
where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status in ('active', 'error', 'paused')
  and exists (
    select from hera.secrets s
    where s.organization_id = e.organization_id and s.entity_id = e.id and s.name = 'oauth_access_token')
  and not exists (
    select from hera.connector_tasks t
    where t.organization_id = e.organization_id and t.installation_id = e.id and t.kind = 'refresh');
