-- hera_encryption_keys_v1: which keys seal the stored secrets, and sealing them anew with the newest. For platform admins.
-- Caller: API, DBA (with hera.encryption_key in the session).  Writes: secrets.sealed, connector_tasks.sealed, audit_log.
-- Errors: PT400 operation.unknown, guardrail ORG_FILTER_MISMATCH, secrets.bad_limit; PT403; PT500 encryption.key_missing, encryption.key_malformed.
create or replace function public.hera_encryption_keys_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'LIST', p_limit int default 500)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_answer jsonb := jsonb '{"success": true}';
begin
  if p_operation is null or p_operation not in ('LIST', 'ROTATE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, ROTATE');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_encryption_keys_v1', p_operation);
  if p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.guardrail('ORG_FILTER_MISMATCH',
      'Keys belong to the platform organization: pass 00000000-0000-0000-0000-000000000000.');
  end if;
  if p_operation = 'ROTATE' then
    v_answer := v_answer || hera_internal.rotate_secrets(p_limit);
    perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_encryption_keys_v1', p_operation, null, v_answer - 'success');
  end if;
  return v_answer || jsonb_build_object('keys', (
    select jsonb_agg(jsonb_build_object('fingerprint', k.fingerprint, 'secrets', k.secrets,
      'state', case when k.place = 1 then 'current' when k.place > 1 then 'older' else 'unknown' end))
    from hera_internal.sealing_keys() k));
end
$$;
revoke all on function public.hera_encryption_keys_v1(uuid, uuid, text, int) from public;
grant execute on function public.hera_encryption_keys_v1(uuid, uuid, text, int) to hera_api, hera_dba;
comment on function public.hera_encryption_keys_v1(uuid, uuid, text, int) is
$doc$The keys that seal stored secrets: LIST; ROTATE seals up to p_limit (1 to 10000, default 500) secrets anew with the first key of
HERA_ENCRYPTION_KEY. For platform admins, with the platform's id as p_organization_id.

To change the key: put a new one in front of HERA_ENCRYPTION_KEY on every host, start them anew, ROTATE until remaining is 0, then take the older
key out. What signs stays the same.
Answers {success, keys: [{fingerprint (eight hex digits that name a key and tell nothing of it), state (current, older, unknown: this session
does not have it), secrets}]}; ROTATE also {done, remaining (sealed with an older key), unknown}.
Errors: PT400 operation.unknown, secrets.bad_limit or guardrail_violation:ORG_FILTER_MISMATCH, PT403, PT500 encryption.key_missing or
encryption.key_malformed.

select hera_encryption_keys_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
