-- hera_internal.definition_version: one version of a connector definition; the newest where p_version is null or not kept.
create or replace function hera_internal.definition_version(p_definition_id uuid, p_version int)
returns jsonb
language sql
stable
as $$
  select coalesce((
      select v.config from hera.connector_versions v
      where v.organization_id = hera_internal.platform_id() and v.definition_id = p_definition_id and v.version = p_version),
    (
      select d.field_value_json from hera.core_dynamic_data d
      where d.organization_id = hera_internal.platform_id() and d.entity_id = p_definition_id and d.field_name = 'connector_config'));
$$;
comment on function hera_internal.definition_version(uuid, int) is 'A version of a definition.';
