-- hera_internal.queue_revoke: have the provider told that its tokens are no longer wanted, before they are forgotten here. The request is made
-- now, while there are secrets, and kept sealed. Where it can't be made (a field is missing, the session has no key) only the audit trail tells.
create or replace function hera_internal.queue_revoke(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid)
returns void
language plpgsql
volatile
as $$
declare
  v_config constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_id constant uuid := gen_random_uuid();
begin
  if not v_config -> 'auth' ? 'revoke' or not exists (
    select from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'oauth_access_token') then
    return;
  end if;
  insert into hera.connector_tasks (organization_id, id, installation_id, kind, code, due_at, sealed)
  values (p_organization_id, v_id, p_installation_id, 'revoke', v_id, hera_internal.now(), hera_internal.seal(
    hera_internal.token_request(p_organization_id, p_installation_id, v_config, 'revoke', '{}', '{}')::text));
exception
  when sqlstate 'PT400' or sqlstate 'PT409' or sqlstate 'PT500' then
    perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_connector_oauth_v1', 'REVOKE', p_installation_id,
      jsonb_build_object('result', 'request_not_possible'));
end
$$;
comment on function hera_internal.queue_revoke(uuid, uuid, uuid) is 'Has an authorization taken back at the provider.';
