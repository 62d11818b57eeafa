-- as hera_view
-- The channel of an installation has its id, and is active unless the installation is uninstalled or in error.
select w.organization_id, w.id
from hera.webhooks w
left join hera.core_entities e
  on e.organization_id = w.organization_id and e.id = w.id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
where w.kind = 'channel'
  and (e.id is null or w.topics <> '{}'
    or w.status <> case e.status when 'inactive' then 'inactive' when 'error' then 'disabled' else 'active' end);
