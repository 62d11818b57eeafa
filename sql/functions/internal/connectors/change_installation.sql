-- hera_internal.change_installation: INSTALL, CONFIGURE, UPGRADE, PAUSE, RESUME and UNINSTALL of hera_integration_connector_v1.
-- Caller: hera_integration_connector_v1, which has authorized the actor.  Locks: the installation.
-- p_version: of UPGRADE; null means the newest.
-- Answers {success, installation}, and made_secrets {name: value} where secrets were made: this once, as of a webhook.
-- Errors: those of install_connector, upgrade_installation and uninstall_connector; PT404 not_found; PT409 connector.inactive, connector.transition.
create or replace function hera_internal.change_installation(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb, p_version int default null)
returns jsonb
language plpgsql
as $$
declare
  v_definition record := hera_internal.definition_of(p_code);
  v_installation record;
  v_config jsonb;
  v_status text;
  v_made jsonb;
begin
  if p_operation = 'INSTALL' then
    v_made := hera_internal.install_connector(p_actor_user_id, p_organization_id, p_code, p_config);
  end if;
  v_installation := hera_internal.installation_of(p_organization_id, p_code);
  if v_installation.id is null then
    perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it.');
  elsif v_installation.status = 'inactive' and p_operation <> 'UNINSTALL' then
    perform hera_internal.fail(409, 'connector.inactive', 'The connector was uninstalled.', 'INSTALL it again.');
  end if;

  if p_operation = 'UPGRADE' then
    v_made := hera_internal.upgrade_installation(p_actor_user_id, p_organization_id, v_installation.id, v_definition.id,
      v_installation.config, p_config, p_version);
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_installation.id);
  if p_operation = 'CONFIGURE' then
    v_made := hera_internal.configure_installation(p_actor_user_id, p_organization_id, v_installation.id,
      v_config -> 'fields', v_installation.config, p_config);
  elsif p_operation = 'UNINSTALL' then
    perform hera_internal.uninstall_connector(p_actor_user_id, p_organization_id, v_installation.id);
  elsif p_operation = 'RESUME' then
    perform hera_internal.check_assigned(p_organization_id, v_definition.id, v_definition.config);
  end if;
  v_status := case
    when p_operation = 'PAUSE' then 'paused'
    -- What a person has just given may complete an authorization, or take it away.
    when p_operation in ('CONFIGURE', 'UPGRADE') and v_installation.status in ('pending_auth', 'active')
      or p_operation = 'CONFIGURE' and v_installation.status in ('error', 'reauth_required')
        and hera_internal.gives_secret(v_config -> 'fields', p_config)
      or p_operation = 'RESUME' and v_installation.status = 'paused'
      then hera_internal.live_status(p_organization_id, v_installation.id, v_config -> 'auth')
  end;
  if v_status is not null then
    perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, v_installation.id, v_status);
  end if;
  perform hera_internal.keep_tasks(p_organization_id, v_installation.id);

  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_integration_connector_v1', p_operation, v_installation.id,
    jsonb_build_object('code', p_code, 'fields', (select jsonb_agg(k) from jsonb_object_keys(p_config) k)));
  return jsonb_build_object('success', true,
    'installation', hera_internal.connectors_json(p_organization_id, null, null, v_installation.id) -> 0)
    || case when v_made <> '{}' then jsonb_build_object('made_secrets', v_made) else '{}' end;
end
$$;
comment on function hera_internal.change_installation(uuid, uuid, text, text, jsonb, int) is 'Installs a connector or changes its installation.';
