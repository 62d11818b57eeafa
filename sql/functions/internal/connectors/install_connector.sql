-- hera_internal.install_connector: INSTALL of hera_integration_connector_v1. Webhooks that are bound to the connector's code, made before
-- it was installed or left from an earlier installation, are bound to the new installation. Answers the secrets that were made.
-- Locks: a racing INSTALL of the same code waits for the unique index.
-- Errors: PT400 installation_config.…; PT403 connector.not_assigned; PT404 not_found; PT409 connector.retired, connector.installed,
--   connector.dependency_missing; PT500 encryption.key_missing.
drop function if exists hera_internal.install_connector(uuid, uuid, text, jsonb);
create or replace function hera_internal.install_connector(
  p_actor_user_id uuid, p_organization_id uuid, p_code text, p_config jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_definition record := hera_internal.definition_of(p_code);
  v_webhook_id uuid;
  v_id uuid;
  v_made jsonb;
begin
  if v_definition.config ->> 'status' = 'retired' then
    perform hera_internal.fail(409, 'connector.retired', 'The connector is retired and can''t be installed.', 'Choose another connector.');
  end if;
  perform hera_internal.check_assigned(p_organization_id, v_definition.id, v_definition.config);

  insert into hera.core_entities (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, status, metadata, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), p_organization_id, 'INTEGRATION_CONNECTOR_INSTALL', v_definition.name, p_code,
    'HERA.INTEGRATION.INSTALL.' || hera_internal.smart_code_segment(p_code) || '.v1', 'pending_auth',
    jsonb_build_object('definition_version', v_definition.config -> 'version'), p_actor_user_id, p_actor_user_id)
  on conflict (organization_id, entity_code) where entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and status <> 'inactive' do nothing
  returning id into v_id;
  if v_id is null then
    perform hera_internal.fail(409, 'connector.installed', 'The connector is installed already.', 'Change it with CONFIGURE.');
  end if;

  v_made := hera_internal.configure_installation(p_actor_user_id, p_organization_id, v_id, v_definition.config -> 'fields', '{}', p_config);
  perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, v_id,
    hera_internal.live_status(p_organization_id, v_id, v_definition.config -> 'auth'));

  perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_BASED_ON', v_definition.id);
  perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_INSTALLED_BY', p_organization_id);
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_actor_user_id, 'INTEGRATION_MANAGES', array[v_id]);
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_DEPENDS_ON',
    hera_internal.dependencies_of(p_organization_id, v_definition.config));

  perform hera_internal.ensure_channel(p_organization_id, v_id, v_definition.config);
  for v_webhook_id in
    update hera.webhooks w set installation_id = v_id
    where w.organization_id = p_organization_id and w.connector_code = p_code and w.kind = 'webhook'
    returning w.id
  loop
    perform hera_internal.link(p_actor_user_id, p_organization_id, v_webhook_id, 'WEBHOOK_BELONGS_TO', v_id);
  end loop;
  return v_made;
end
$$;
comment on function hera_internal.install_connector(uuid, uuid, text, jsonb) is 'Installs a connector; answers the secrets that were made.';
