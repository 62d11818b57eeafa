-- hera_internal.organization_json: an organization as hera_organization_v1 answers it.
create or replace function hera_internal.organization_json(p_organization hera.core_organizations)
returns jsonb
language sql
immutable
return jsonb_build_object(
  'id', p_organization.id, 'name', p_organization.organization_name, 'code', p_organization.organization_code,
  'type', p_organization.organization_type, 'status', p_organization.status, 'settings', p_organization.settings,
  'created_at', p_organization.created_at, 'updated_at', p_organization.updated_at);
comment on function hera_internal.organization_json(hera.core_organizations) is 'An organization as JSON.';
