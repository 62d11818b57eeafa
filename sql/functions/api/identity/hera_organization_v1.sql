-- hera_organization_v1: organizations. CREATE, SUSPEND and ACTIVATE by a platform admin; the others by members.
-- Caller: API, DBA.  Writes: core_organizations, core_entities, idempotent_calls, audit_log.
-- Errors: PT400 operation.unknown, organization.invalid, organization.unknown; PT403; PT404 not_found;
--   PT409 organization.exists; PT422 idempotency.mismatch.
create or replace function public.hera_organization_v1(
  p_actor_user_id uuid, p_operation text default 'LIST', p_organization jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_organization_v1';
  v_known constant text[] := array['id', 'name', 'code', 'settings'];
  v_platform constant uuid := hera_internal.platform_id();
  v_key text;
  v_key_home uuid;
  v_answer jsonb;
  v_id uuid;
  v_role text;
  v_row hera.core_organizations;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET', 'CREATE', 'UPDATE', 'SUSPEND', 'ACTIVATE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET, CREATE, UPDATE, SUSPEND, ACTIVATE');
  end if;
  v_key := hera_internal.call_key('organization', p_organization);
  p_organization := p_organization - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('organizations', hera_internal.organizations_of(p_actor_user_id), 'organization',
      p_organization - v_known, array['status']);
  end if;
  perform hera_internal.check_keys('organization', p_organization, v_known);
  v_id := hera_internal.to_uuid('organization.id', p_organization ->> 'id');
  if p_organization ? 'settings' and jsonb_typeof(p_organization -> 'settings') <> 'object' then
    perform hera_internal.fail(400, 'organization.invalid', 'organization.settings must be a JSON object', null);
  end if;

  if p_organization #> '{settings,webhook}' is not null then
    perform hera_internal.check_webhook_settings(p_organization #> '{settings,webhook}');
  end if;
  if p_organization #> '{settings,retention}' is not null then
    perform hera_internal.check_retention_settings(p_organization #> '{settings,retention}');
  end if;

  v_key_home := case when p_operation in ('CREATE', 'SUSPEND', 'ACTIVATE') then v_platform else v_id end;
  v_role := hera_internal.authorize(p_actor_user_id, v_key_home, v_name, p_operation);
  if p_operation <> 'GET' then
    v_answer := hera_internal.repeated_call(v_key_home, v_name, v_key, jsonb_build_array(p_operation, p_organization));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;

  if p_operation = 'CREATE' then
    v_row := hera_internal.create_organization(p_actor_user_id, p_organization);
  elsif p_operation = 'GET' then
    select * into v_row from hera.core_organizations o where o.id = v_id;
  elsif p_operation = 'UPDATE' then
    v_row := hera_internal.update_organization(p_actor_user_id, v_role, v_id, p_organization);
  else
    update hera.core_organizations o set
      status = case p_operation when 'SUSPEND' then 'suspended' else 'active' end,
      updated_at = hera_internal.now(), updated_by = p_actor_user_id
    where o.id = v_id and (p_operation <> 'SUSPEND' or v_id <> v_platform)
    returning * into v_row;
  end if;
  if v_row.id is null then
    perform hera_internal.fail(404, 'not_found', 'No such organization.', 'List them with operation LIST.');
  end if;
  if p_operation <> 'GET' then
    perform hera_internal.set_tenant(v_row.id);
    update hera.memberships m set organization_active = v_row.status = 'active'
    where m.organization_id = v_row.id and m.organization_active <> (v_row.status = 'active');
    perform hera_internal.audit(p_actor_user_id, v_row.id, v_name, p_operation, v_row.id, p_organization);
    if p_operation in ('SUSPEND', 'ACTIVATE') then
      perform hera_internal.identity_changed(null);
    end if;
  end if;
  return hera_internal.keep_answer(v_key_home, v_name, case when p_operation <> 'GET' then v_key end,
    jsonb_build_object('success', true, 'organization', hera_internal.organization_json(v_row)));
end
$$;
revoke all on function public.hera_organization_v1(uuid, text, jsonb) from public;
grant execute on function public.hera_organization_v1(uuid, text, jsonb) to hera_api, hera_dba;
comment on function public.hera_organization_v1(uuid, text, jsonb) is
$doc$Organizations: LIST, GET, CREATE, UPDATE, SUSPEND, ACTIVATE.

p_organization: {id, name, code, settings}. CREATE, SUSPEND, ACTIVATE and a new code are for platform admins. UPDATE merges settings key
by key; those of the platform organization are the platform's settings. settings.retention: {kind: days or "forever"}, see
hera_outbox_maintain_v1. Of LIST: {limit (1 to 1000, all where absent), cursor, status}. idempotency_key in it: the same key with the same call
answers the first one with duplicate: true and writes nothing.
Answers {success, organizations: […], next_cursor} or {success, organization: {id, name, code, type, status, settings, created_at, updated_at}}.
Errors: PT400 operation.unknown, organization.invalid, settings.invalid or settings.unknown, PT403, PT404 not_found, PT409
organization.exists, PT422 idempotency.mismatch.

select hera_organization_v1('00000000-0000-0000-0000-000000000001', 'CREATE', '{"name": "Acme", "code": "ACME"}');$doc$;
