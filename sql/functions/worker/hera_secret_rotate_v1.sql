-- hera_secret_rotate_v1: seal secrets anew with the newest encryption key of this session.
-- Caller: DBA or a schedule after a key was added in front of HERA_ENCRYPTION_KEY.  Writes: secrets.sealed, connector_tasks.sealed.
-- Errors: PT400 secrets.bad_limit; PT500 encryption.key_missing, encryption.key_malformed.
create or replace function public.hera_secret_rotate_v1(p_limit int default 500)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return jsonb_build_object('success', true) || hera_internal.rotate_secrets(p_limit);
end
$$;
revoke all on function public.hera_secret_rotate_v1(int) from public;
grant execute on function public.hera_secret_rotate_v1(int) to hera_worker, hera_dba;
comment on function public.hera_secret_rotate_v1(int) is
$doc$Seals up to p_limit (1 to 10000) secrets anew with the first key of hera.encryption_key. Call it until remaining is 0, then take the
older key out of HERA_ENCRYPTION_KEY. A call that is interrupted changed nothing; the next one goes on.
Answers {success, done, remaining (sealed with an older key of this session), unknown (sealed with a key that this session does not have)}.
Errors: PT400 secrets.bad_limit; PT500 encryption.key_missing or encryption.key_malformed.

select hera_secret_rotate_v1();$doc$;
