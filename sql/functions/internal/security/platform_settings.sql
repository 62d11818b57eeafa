-- hera_internal.platform_settings: the settings of the platform organization, the one truth for the whole installation.
create or replace function hera_internal.platform_settings()
returns jsonb
language sql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
  select coalesce((select o.settings from hera.core_organizations o where o.id = '00000000-0000-0000-0000-000000000000'), '{}');
$$;
grant execute on function hera_internal.platform_settings() to hera_worker_owner;
comment on function hera_internal.platform_settings() is 'core_organizations.settings of the platform organization.';
