-- hera_api_key_v1: keys by which machines call the API in the name of an organization.
-- Caller: API, DBA.  Writes: api_keys, memberships, core_entities, idempotent_calls, audit_log.
-- Errors: PT400 operation.unknown, api_key.invalid, api_key.unknown, field.invalid; PT403 permission_denied; PT404 not_found;
--   PT422 idempotency.mismatch.
create or replace function public.hera_api_key_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'LIST', p_api_key jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_api_key_v1';
  v_call_key text;
  v_answer jsonb;
  v_role text;
  v_id uuid;
  v_hash bytea;
  v_key text;
begin
  if p_operation is null or p_operation not in ('LIST', 'CREATE', 'REVOKE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, CREATE, REVOKE');
  end if;
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_call_key := hera_internal.call_key('api_key', p_api_key);
  p_api_key := p_api_key - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('api_keys', hera_internal.api_keys_json(p_organization_id, null), 'api_key', p_api_key,
      array['role', 'status']);
  end if;
  perform hera_internal.check_keys('api_key', p_api_key, array['id', 'name', 'role', 'expires_at']);
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_call_key, jsonb_build_array(p_operation, p_api_key));
  if v_answer is not null then
    return v_answer;
  end if;

  if p_organization_id = hera_internal.platform_id() and v_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'permission_denied', 'Only a platform admin changes API keys of the platform organization.', null);
  end if;
  if p_operation = 'CREATE' then
    perform hera_internal.check_api_key(v_role, p_organization_id, p_api_key);
    v_key := hera_internal.new_api_key();
    v_id := hera_internal.create_api_key(p_actor_user_id, p_organization_id, p_api_key, v_key);
  else
    v_id := hera_internal.to_uuid('api_key.id', p_api_key ->> 'id');
    select k.key_hash into v_hash from hera.api_keys k where k.organization_id = p_organization_id and k.id = v_id for update;
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such API key.', 'LIST shows the keys.');
    end if;
    if v_hash is not null then
      perform hera_internal.revoke_api_key(p_actor_user_id, p_organization_id, v_id, v_hash);
    end if;
  end if;

  -- Only what the operation has read and checked.
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_id,
    case p_operation when 'CREATE' then p_api_key - 'id' else '{}' end);
  v_answer := jsonb_build_object('success', true, 'api_key',
    (hera_internal.api_keys_json(p_organization_id, v_id) -> 0)
    || case when v_key is null then '{}' else jsonb_build_object('key', v_key) end);
  return hera_internal.keep_answer(p_organization_id, v_name, v_call_key, v_answer, '{api_key,key}');
end
$$;
revoke all on function public.hera_api_key_v1(uuid, uuid, text, jsonb) from public;
grant execute on function public.hera_api_key_v1(uuid, uuid, text, jsonb) to hera_api, hera_dba;
comment on function public.hera_api_key_v1(uuid, uuid, text, jsonb) is
$doc$API keys of an organization, for machines: LIST, CREATE, REVOKE. For organization admins and platform admins.

p_api_key: CREATE takes {name, role, expires_at}, with a role up to the actor's own (platform_admin in the platform organization only);
without expires_at the key has no end. REVOKE takes {id} and holds at once; revoking again changes nothing. LIST: {limit (1 to 1000, all
where absent), cursor, role, status}. idempotency_key in it: the same key with the same call answers the first one with duplicate: true
(the API key masked) and writes nothing.
A key acts in its organization alone, like a member with that role, and is no member that hera_membership_v1 shows or changes.
It outlives the membership of the person who made it.
Answers {success, api_keys: […], next_cursor} or {success, api_key: {id, name, prefix, role, status, created_at, created_by, expires_at,
last_used_at}}; status is active, expired or revoked. last_used_at is right to the hour. CREATE also answers key, this once: only its
SHA-256 is stored.
Errors: PT400 operation.unknown, api_key.invalid or api_key.unknown, PT403 permission_denied, PT404 not_found, PT422
idempotency.mismatch.

select hera_api_key_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'CREATE', '{"name": "nightly import", "role": "member"}');$doc$;
