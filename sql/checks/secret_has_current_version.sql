-- as hera_view
-- Each active webhook has a signing secret that does not expire.
select w.organization_id, w.id
from hera.webhooks w
where w.kind = 'webhook' and w.status = 'active' and not exists (
  select from hera.secrets s
  where s.organization_id = w.organization_id and s.entity_id = w.id and s.name = 'signing' and s.expires_at is null);
