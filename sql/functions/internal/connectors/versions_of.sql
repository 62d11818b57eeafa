-- hera_internal.versions_of: the versions of a connector definition, oldest first, as a JSON array.
create or replace function hera_internal.versions_of(p_definition_id uuid)
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_agg(v.version order by v.version), '[]')
  from hera.connector_versions v
  where v.organization_id = hera_internal.platform_id() and v.definition_id = p_definition_id;
$$;
comment on function hera_internal.versions_of(uuid) is 'The versions of a definition.';
