-- as hera_view
-- memberships.organization_active repeats the status of the organization.
select m.organization_id, m.user_entity_id
from hera.memberships m
join hera.core_organizations o on o.id = m.organization_id
where m.organization_active is distinct from (o.status = 'active');
