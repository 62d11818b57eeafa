-- hera_internal.is_assigned: has a platform admin authorized the organization for the definition? Needed by those with
-- requires_assignment alone.
create or replace function hera_internal.is_assigned(p_organization_id uuid, p_definition_id uuid)
returns boolean
language sql
stable
as $$
  select exists (
    select from hera.core_relationships r
    where r.organization_id = p_organization_id and r.from_entity_id = p_organization_id and r.to_entity_id = p_definition_id
      and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active);
$$;
comment on function hera_internal.is_assigned(uuid, uuid) is 'True where an ORG_AUTHORIZED_FOR link is active.';
