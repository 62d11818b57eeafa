-- hera_integration_connector_v1: connector definitions of the platform, and installations of them in organizations.
-- Caller: API, DBA.  Writes: core_entities, core_dynamic_data, core_relationships, secrets, webhooks, idempotent_calls, audit_log.
-- Errors: PT400 operation.unknown, connector_type.invalid, connector_code.invalid, connector_config.…, installation_config.…,
--   options.unknown, options.invalid, guardrail ORG_FILTER_MISMATCH, SMARTCODE_…; PT403, connector.not_assigned; PT404 not_found;
--   PT409 connector.exists, .version, .retired, .installed, .dependency_missing, .in_use, .inactive, .transition; PT422 idempotency.mismatch; PT500 encryption.key_missing.
create or replace function public.hera_integration_connector_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_operation text default 'LIST',
  p_connector_type text default null,
  p_connector_code text default null,
  p_connector_config jsonb default '{}',
  p_installation_config jsonb default '{}',
  p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_definition_operations constant text[] := array['CREATE_DEFINITION', 'UPDATE_DEFINITION', 'RETIRE_DEFINITION'];
  v_operations constant text[] := array['LIST', 'GET'] || v_definition_operations
    || array['ASSIGN', 'UNASSIGN', 'INSTALL', 'CONFIGURE', 'UPGRADE', 'PAUSE', 'RESUME', 'UNINSTALL'];
  v_name constant text := 'hera_integration_connector_v1';
  v_key text;
  v_answer jsonb;
  v_connectors jsonb;
begin
  if p_operation is null or p_operation <> all (v_operations) then
    perform hera_internal.unknown_operation(p_operation, array_to_string(v_operations, ', '));
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('options', p_options);
  p_options := p_options - 'idempotency_key';
  perform hera_internal.check_keys('options', p_options, case p_operation
    when 'LIST' then array['limit', 'cursor', 'status']
    when 'UPGRADE' then array['version']
    else '{}' end);
  if p_options ? 'version' and hera_internal.kind_fault(p_options -> 'version', 'integer') is not null then
    perform hera_internal.fail(400, 'options.invalid', 'options.version must be a whole number', 'GET shows the versions.');
  end if;
  if p_connector_type not in ('INTEGRATION_CONNECTOR_DEF', 'INTEGRATION_CONNECTOR_INSTALL') then
    perform hera_internal.fail(400, 'connector_type.invalid', 'connector_type is unknown',
      'Give INTEGRATION_CONNECTOR_DEF, INTEGRATION_CONNECTOR_INSTALL or nothing.');
  end if;
  -- What an operation does not read must be empty: it would be lost silently.
  if p_operation not in ('INSTALL', 'CONFIGURE', 'UPGRADE') then
    perform hera_internal.check_keys('installation_config', p_installation_config, '{}');
  end if;
  if p_operation <> all (v_definition_operations) then
    perform hera_internal.check_keys('connector_config', p_connector_config, '{}');
  end if;
  if p_operation not in ('LIST', 'GET') then
    v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key,
      jsonb_build_array(p_operation, p_connector_code, p_connector_config, p_installation_config)
        || case when p_options ? 'version' then jsonb_build_array(p_options) else '[]' end);
    if v_answer is not null then
      return v_answer;
    end if;
    v_answer := case
      when p_operation = any (v_definition_operations) then
        hera_internal.define_connector(p_actor_user_id, p_organization_id, p_operation, p_connector_code, p_connector_config)
      when p_operation in ('ASSIGN', 'UNASSIGN') then
        hera_internal.assign_connector(p_actor_user_id, p_organization_id, p_operation, p_connector_code)
      else
        hera_internal.change_installation(p_actor_user_id, p_organization_id, p_operation, p_connector_code, p_installation_config,
          (p_options ->> 'version')::int)
    end;
    return hera_internal.keep_answer(p_organization_id, v_name, v_key, v_answer, '{made_secrets}');
  end if;

  v_connectors := hera_internal.connectors_json(p_organization_id, p_connector_type, p_connector_code);
  if p_operation = 'LIST' then
    return hera_internal.page_answer('connectors', v_connectors, 'options', p_options, array['status']);
  elsif p_connector_code is null or v_connectors = '[]' then
    perform hera_internal.fail(404, 'not_found', 'No such connector.', 'LIST shows the connectors; pass p_connector_code.');
  end if;
  return jsonb_build_object('success', true,
    'connector', coalesce(hera_internal.pick_connector(v_connectors, 'INTEGRATION_CONNECTOR_DEF'), v_connectors -> -1),
    'installation', hera_internal.pick_connector(v_connectors, 'INTEGRATION_CONNECTOR_INSTALL'));
end
$$;
revoke all on function public.hera_integration_connector_v1(uuid, uuid, text, text, text, jsonb, jsonb, jsonb) from public;
grant execute on function public.hera_integration_connector_v1(uuid, uuid, text, text, text, jsonb, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_connector_v1(uuid, uuid, text, text, text, jsonb, jsonb, jsonb) is
$doc$Connectors: the platform's definitions and the organization's installations of them.

LIST, GET: for everybody. p_connector_type: INTEGRATION_CONNECTOR_DEF or _INSTALL, null for both; p_connector_code: one connector.
CREATE_DEFINITION, UPDATE_DEFINITION (JSON Merge Patch: objects are merged, lists replaced, null takes a key out; with a higher version than
the newest it adds one, else it mends the version in place, the newest where it names none), RETIRE_DEFINITION
(no new installations): platform admin, p_organization_id the platform. p_connector_config: {name, smart_code, fields, auth, inbound,
actions, …}; docs/connectors.md tells each key.
ASSIGN, UNASSIGN: platform admin. Authorizes the organization for a definition; UNASSIGN pauses the installation of one that requires it.
INSTALL, CONFIGURE: p_installation_config: the definition's fields. CONFIGURE merges; null takes a field out; a secret's own mask
leaves it as it is.
UPGRADE: puts the installation on options.version of the definition, the newest where that is absent; p_installation_config: the fields
that it needs beyond those that are there. Until then an installation stays on the version that it was installed with.
PAUSE, RESUME, UNINSTALL: events of a paused or uninstalled connector are refused. UNINSTALL keeps webhooks; the next INSTALL binds them.
p_options of LIST: {limit (1 to 1000, all where absent), cursor, status}. p_options.idempotency_key: the same key with the same call answers the
first one with duplicate: true and writes nothing.

Answers {success, connectors: [{id, code, name, type, status, smart_code, config, created_at, installations_count,
version, versions (of definitions)}], next_cursor},
{success, connector, installation} (GET; definition operations connector alone), {success, assignment: {code, organization_id,
assigned}} or {success, installation: {id, code, status, config, health, …}}. An installation is active, pending_auth (OAuth is still
to be done; events are taken in), paused, error, reauth_required or inactive. Secrets are shown masked, but for made_secrets {name: value} beside
installation: those that INSTALL, CONFIGURE or UPGRADE had to make (made_if_absent), shown this once. installations_count: for the
platform, of all organizations.
Errors: PT400 connector_config.invalid or .unknown, installation_config.invalid, .missing or .unknown,
guardrail_violation:SMARTCODE_MISSING, PT403 permission_denied or connector.not_assigned, PT404 not_found or connector.version, PT409 connector.exists, .version,
.retired, .installed, .dependency_missing, .in_use, .inactive or .transition, PT422 idempotency.mismatch, PT500 encryption.key_missing.

select hera_integration_connector_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'INSTALL', p_connector_code => 'zapier-webhook',
  p_installation_config => '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}');$doc$;
