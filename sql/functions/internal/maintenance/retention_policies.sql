-- hera_internal.retention_policies: what each organization keeps how long: its own settings.retention, else the platform's,
-- else the default.
-- SECURITY DEFINER: as the platform, hera_owner reads the settings of every organization.
create or replace function hera_internal.retention_policies()
returns table (organization_id uuid, kind text, days int)
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
#variable_conflict use_column
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  return query
  select o.id, d.kind,
    nullif(coalesce(o.settings #>> array['retention', d.kind], p.settings #>> array['retention', d.kind], d.days::text), 'forever')::int
  from hera.core_organizations o
  cross join hera_internal.retention_defaults() d
  join hera.core_organizations p on p.id = hera_internal.platform_id();
end
$$;
grant execute on function hera_internal.retention_policies() to hera_worker_owner;
comment on function hera_internal.retention_policies() is 'Days (null: for ever) by organization and kind.';
