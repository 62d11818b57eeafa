-- hera_internal.upgrade_installation: UPGRADE of hera_integration_connector_v1: put an installation on another version of its definition, with
-- what its fields need. Fields and secrets that the version does not have are dropped; one that has become a secret is sealed.
-- Answers the secrets that were made.
-- p_config: of the installation; p_change: what the version asks for beyond that; p_version: null means the newest.
-- Errors: PT404 connector.version; PT400 installation_config.…; PT409 connector.dependency_missing; PT500 encryption.key_missing.
drop function if exists hera_internal.upgrade_installation(uuid, uuid, uuid, uuid, jsonb, jsonb, int);
create or replace function hera_internal.upgrade_installation(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_definition_id uuid, p_config jsonb, p_change jsonb, p_version int)
returns jsonb
language plpgsql
as $$
declare
  v_versions constant jsonb := hera_internal.versions_of(p_definition_id);
  v_version constant int := coalesce(p_version, (v_versions ->> -1)::int);
  v_before constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id) -> 'fields';
  v_definition jsonb;
  v_field jsonb;
  v_name text;
  v_secret boolean;
  v_was_secret boolean;
  v_config jsonb := jsonb '{}';
  v_change jsonb := jsonb '{}';
  v_made jsonb;
begin
  if not v_versions @> to_jsonb(v_version) then
    perform hera_internal.fail(404, 'connector.version', format('The connector has no version %s.', v_version),
      format('Versions: %s.', v_versions));
  end if;
  v_definition := hera_internal.definition_version(p_definition_id, v_version);
  for v_field in select f.value from jsonb_array_elements(v_definition -> 'fields') f
  loop
    v_name := v_field ->> 'name';
    v_secret := coalesce((v_field -> 'secret')::boolean, false);
    v_was_secret := v_before @> jsonb_build_array(jsonb_build_object('name', v_name, 'secret', true));
    -- Of a secret the configuration has only the mask: it can't become a plain field.
    if p_config ? v_name and v_secret = v_was_secret then
      v_config := v_config || jsonb_build_object(v_name, p_config -> v_name);
    elsif p_config ? v_name and v_secret then
      v_change := v_change || jsonb_build_object(v_name, p_config -> v_name);
    end if;
  end loop;
  v_made := hera_internal.configure_installation(p_actor_user_id, p_organization_id, p_installation_id, v_definition -> 'fields', v_config,
    v_change || p_change);
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id
    and v_before @> jsonb_build_array(jsonb_build_object('name', s.name, 'secret', true))
    and not v_definition -> 'fields' @> jsonb_build_array(jsonb_build_object('name', s.name, 'secret', true));

  update hera.core_entities e
  set metadata = coalesce(e.metadata, '{}') || jsonb_build_object('definition_version', v_version), entity_name = v_definition ->> 'name',
    updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_organization_id and e.id = p_installation_id;
  perform hera_internal.set_links(p_actor_user_id, p_organization_id, p_installation_id, 'CONNECTOR_DEPENDS_ON',
    hera_internal.dependencies_of(p_organization_id, v_definition));
  return v_made;
end
$$;
comment on function hera_internal.upgrade_installation(uuid, uuid, uuid, uuid, jsonb, jsonb, int) is 'Puts an installation on another version.';
