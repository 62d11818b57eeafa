-- public.core_organizations: the tenants, read-only.
create or replace view public.core_organizations as
select id, organization_name, organization_code, organization_type, industry_classification, parent_organization_id,
  settings, status, created_at, updated_at, created_by, updated_by
from hera.core_organizations;
grant select on public.core_organizations to hera_dba, hera_reader;
comment on view public.core_organizations is 'Organizations (tenants) that the login may read.';
