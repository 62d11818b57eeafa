-- hera_internal.store_version: write one version of a connector definition. The tenant must be the platform.
create or replace function hera_internal.store_version(p_actor_user_id uuid, p_definition_id uuid, p_version int, p_config jsonb)
returns void
language plpgsql
as $$
declare
  v_now constant timestamptz := hera_internal.now();
begin
  insert into hera.connector_versions as v (
    organization_id, definition_id, version, config, created_at, created_by, updated_at, updated_by)
  values (hera_internal.platform_id(), p_definition_id, p_version, p_config, v_now, p_actor_user_id, v_now, p_actor_user_id)
  on conflict (organization_id, definition_id, version) do update set
    config = excluded.config, updated_at = excluded.updated_at, updated_by = excluded.updated_by;
end
$$;
comment on function hera_internal.store_version(uuid, uuid, int, jsonb) is 'Inserts or mends a version of a definition.';
