-- hera_connector_oauth_v1: authorize an installation at its provider, or take that back.
-- Caller: API, DBA.  Writes: oauth_states, connector_tasks, secrets, core_entities, core_dynamic_data, audit_log.  Locks: the installation.
-- Errors: PT400 operation.unknown, oauth.unknown, oauth.invalid, request.…; PT403; PT404 not_found; PT409 connector.inactive,
--   connector.no_oauth, oauth.no_public_url; PT500 encryption.key_missing.
create or replace function public.hera_connector_oauth_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'CONNECT', p_connector_code text default null,
  p_oauth jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_connector_oauth_v1';
  v_installation record;
  v_config jsonb;
  v_answer jsonb := jsonb '{"success": true}';
begin
  if p_operation is null or p_operation not in ('CONNECT', 'DISCONNECT') then
    perform hera_internal.unknown_operation(p_operation, 'CONNECT, DISCONNECT');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  perform hera_internal.check_keys('oauth', p_oauth, case p_operation when 'CONNECT' then array['return_path', 'scopes'] else '{}' end);
  if p_oauth ? 'return_path' and coalesce(p_oauth ->> 'return_path', '') !~ '^/[A-Za-z0-9_~-][A-Za-z0-9_~/-]{0,199}$' then
    perform hera_internal.fail(400, 'oauth.invalid', 'return_path must be a path of this host', 'For example /settings/integrations.');
  elsif p_oauth ? 'scopes' and (jsonb_typeof(p_oauth -> 'scopes') <> 'string' or p_oauth ->> 'scopes' !~ '^[\x21-\x7e][\x20-\x7e]*$'
    or length(p_oauth ->> 'scopes') > 2000) then
    perform hera_internal.fail(400, 'oauth.invalid', 'scopes must be a text of 1 to 2000 characters', 'Separated as the provider does it.');
  end if;

  v_installation := hera_internal.installation_of(p_organization_id, p_connector_code);
  if v_installation.id is null then
    perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it.');
  elsif v_installation.status = 'inactive' then
    perform hera_internal.fail(409, 'connector.inactive', 'The connector was uninstalled.', 'INSTALL it again.');
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_installation.id);
  if p_operation = 'CONNECT' then
    v_answer := v_answer || jsonb_build_object('authorize_url', hera_internal.begin_oauth(
      p_actor_user_id, p_organization_id, v_installation.id, p_connector_code, v_config, p_oauth));
  else
    perform hera_internal.end_connection(p_actor_user_id, p_organization_id, v_installation.id, v_installation.status, v_config);
    v_answer := v_answer || jsonb_build_object('installation',
      hera_internal.connectors_json(p_organization_id, null, null, v_installation.id) -> 0);
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_installation.id,
    jsonb_build_object('code', p_connector_code));
  return v_answer;
end
$$;
revoke all on function public.hera_connector_oauth_v1(uuid, uuid, text, text, jsonb) from public;
grant execute on function public.hera_connector_oauth_v1(uuid, uuid, text, text, jsonb) to hera_api, hera_dba;
comment on function public.hera_connector_oauth_v1(uuid, uuid, text, text, jsonb) is
$doc$Authorizes an installation at its provider (OAuth 2), or takes that back.

CONNECT: answers {success, authorize_url}: send the person who may authorize there. The provider sends them back to
<HERA_PUBLIC_URL>/api/v2/integrations/oauth/callback, which has to be registered with the provider's app, within ten minutes; then the
installation is active, and the event hera.connector.authorized is published. Until then what there was stays in force.
p_oauth: {return_path (a path of this host to send the browser to after that, such as /settings/integrations), scopes (instead of the
installation's or the definition's)}.
DISCONNECT: the provider is told, the tokens are forgotten, and the installation is pending_auth (or active, where it has a token of its own).
Answers {success, installation}.
Errors: PT400 operation.unknown, oauth.unknown, oauth.invalid, request.incomplete, PT403, PT404 not_found, PT409 connector.inactive,
connector.no_oauth, oauth.no_public_url, PT500 encryption.key_missing.

select hera_connector_oauth_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', 'CONNECT', 'hubspot-crm');$doc$;
