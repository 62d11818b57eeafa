-- hera_integration_import_v1: restore integration configuration, or bring it into another organization or database.
-- Caller: API, DBA (sql/tools/restore-integrations.sql).  Writes: core_entities, core_dynamic_data, core_relationships, webhooks, secrets,
-- idempotent_calls, audit_log; organizations where all are imported.  All or nothing.
-- Errors: PT400 options.unknown, options.invalid, document.invalid, field.invalid, webhook_config.invalid; installation_config.…, connector_config.invalid;
--   PT403, connector.not_assigned; PT404 not_found; PT409 connector.retired, import.key_unknown, import.secret_altered; PT422 idempotency.mismatch;
--   PT500 encryption.key_missing.
create or replace function public.hera_integration_import_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_integration_import_v1';
  v_key text;
  v_answer jsonb;
  v_role text;
  v_skip boolean := p_options ->> 'unknown_keys' = 'skip';
  v_same_database boolean := p_document ->> 'database' = hera_internal.database_id();
  v_done jsonb;
  v_counts jsonb;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, 'CALL');
  v_key := hera_internal.call_key('options', p_options);
  p_options := p_options - 'idempotency_key';
  perform hera_internal.check_keys('options', p_options, array['all', 'unknown_keys']);
  if jsonb_typeof(p_options -> 'all') <> 'boolean' or p_options ->> 'unknown_keys' not in ('refuse', 'skip') then
    perform hera_internal.fail(400, 'options.invalid', 'options.all must be true or false, options.unknown_keys refuse or skip', null);
  end if;
  perform hera_internal.check_import_document(p_document);
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, jsonb_build_array(p_document, p_options));
  if v_answer is not null then
    return v_answer;
  end if;
  if (p_options -> 'all')::boolean then
    perform hera_internal.check_whole_platform(v_role, p_organization_id);
    v_done := hera_internal.import_platform(p_actor_user_id, p_document, v_same_database, coalesce(v_skip, false));
  elsif jsonb_array_length(p_document -> 'organizations') > 1 then
    perform hera_internal.fail(400, 'document.invalid', 'The document holds several organizations.',
      'A platform admin imports it with {"all": true}.');
  else
    v_done := hera_internal.import_organization(p_actor_user_id, p_organization_id, v_role, p_document #> '{organizations,0}',
      coalesce(v_same_database, false), coalesce(v_skip, false));
  end if;
  select jsonb_build_object('created', count(*) filter (where d ->> 'action' = 'created'),
    'updated', count(*) filter (where d ->> 'action' = 'updated'), 'unchanged', count(*) filter (where d ->> 'action' = 'unchanged'))
  into v_counts
  from jsonb_array_elements(v_done) d;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, 'CALL', null, p_options || v_counts);
  return hera_internal.keep_answer(p_organization_id, v_name, v_key,
    jsonb_build_object('success', true) || v_counts || jsonb_build_object('objects', v_done));
end
$$;
revoke all on function public.hera_integration_import_v1(uuid, uuid, jsonb, jsonb) from public;
grant execute on function public.hera_integration_import_v1(uuid, uuid, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_integration_import_v1(uuid, uuid, jsonb, jsonb) is
$doc$Brings a document of hera_integration_export_v1 in, all or nothing. Importing it again changes nothing.
Back in its own organization and database everything gets the state of the document. In another one ids are mapped, new installations start
paused and new webhooks inactive; what exists keeps its status. Nothing is deleted.

p_options: {all: false, unknown_keys: "refuse", idempotency_key}. all: each organization of the document into its own, making those that are missing; for
platform admins, with the platform organization. unknown_keys: "skip" leaves out secrets that this session has no key for: such
installations are reauth_required, such webhooks get a new signing secret.

Answers {success, created, updated, unchanged, objects: [{type, id, source_id, code, action, secrets_missing}]}.
Errors: PT400 options.unknown, options.invalid, document.invalid, field.invalid or webhook_config.invalid, PT403 (also
connector.not_assigned), PT404 not_found, PT409 connector.retired, import.key_unknown or import.secret_altered, PT500 encryption.key_missing.

select hera_integration_import_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  hera_integration_export_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"secrets": false}'));$doc$;
