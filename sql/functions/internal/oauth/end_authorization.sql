-- hera_internal.end_authorization: the provider takes the installation's tokens no longer, and only a person can give new ones. The tokens
-- are forgotten, the installation is reauth_required (a paused one becomes pending_auth when it is resumed), and whoever listens for
-- hera.connector.reauth_required is told, once.
-- p_reason is shown to people and must hold no secret.
create or replace function hera_internal.end_authorization(p_organization_id uuid, p_installation_id uuid, p_reason text)
returns void
language plpgsql
volatile
as $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_code text;
  v_status text;
begin
  select e.entity_code, e.status into v_code, v_status
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
  for update;
  if v_status is null or v_status in ('inactive', 'reauth_required', 'pending_auth') then
    return;
  end if;
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id
    and s.name in ('oauth_access_token', 'oauth_refresh_token');
  perform hera_internal.set_installation_health(p_organization_id, p_installation_id, p_reason);
  if v_status <> 'paused' then
    perform hera_internal.set_installation_status(v_actor, p_organization_id, p_installation_id, 'reauth_required');
  end if;
  perform hera_internal.keep_tasks(p_organization_id, p_installation_id);
  perform hera_internal.audit(v_actor, p_organization_id, 'hera_connector_oauth_v1', 'REAUTH_REQUIRED', p_installation_id,
    jsonb_build_object('code', v_code));
  perform hera_internal.publish(v_actor, p_organization_id, 'hera.connector.reauth_required',
    jsonb_build_object('connector_code', v_code, 'installation_id', p_installation_id, 'reason', p_reason), null,
    'HERA.INTEGRATION.CONNECTOR.REAUTH.REQUIRED.v1');
end
$$;
comment on function hera_internal.end_authorization(uuid, uuid, text) is 'Notes that an installation has to be authorized anew.';
