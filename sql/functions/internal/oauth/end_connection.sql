-- hera_internal.end_connection: DISCONNECT of hera_connector_oauth_v1: the provider is told, the tokens are forgotten.
-- Errors: PT409 connector.no_oauth.
create or replace function hera_internal.end_connection(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_config jsonb)
returns void
language plpgsql
volatile
as $$
begin
  if p_config #>> '{auth,type}' <> 'oauth2' then
    perform hera_internal.fail(409, 'connector.no_oauth', 'The connector has no authorization at its provider.', 'UNINSTALL it, or PAUSE it.');
  end if;
  perform hera_internal.queue_revoke(p_actor_user_id, p_organization_id, p_installation_id);
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id
    and s.name in ('oauth_access_token', 'oauth_refresh_token');
  delete from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id
    and d.field_name in ('token_expires_at', 'refresh_token_expires_at', 'oauth_scope');
  if p_status <> 'paused' then
    perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, p_installation_id,
      hera_internal.live_status(p_organization_id, p_installation_id, p_config -> 'auth'));
  end if;
  perform hera_internal.keep_tasks(p_organization_id, p_installation_id);
end
$$;
comment on function hera_internal.end_connection(uuid, uuid, uuid, text, jsonb) is 'Takes an authorization back.';
