-- hera_internal.unseal: decrypt a secret with the key of this session that sealed it.
-- p_keys: for who opens many, so that the session's keys are read once.
-- Errors: PT500 encryption.key_missing, encryption.key_unknown.
drop function if exists hera_internal.unseal(bytea);
create or replace function hera_internal.unseal(p_sealed bytea, p_keys text[] default hera_internal.encryption_keys())
returns text
language plpgsql
stable
as $$
declare
  v_key text;
begin
  foreach v_key in array p_keys
  loop
    if hera_internal.key_fingerprint(v_key) = substring(p_sealed for 4) then
      return hera_internal.pgp_open(substring(p_sealed from 5), v_key);
    end if;
  end loop;
  perform hera_internal.fail(500, 'encryption.key_unknown', 'A secret was sealed with a key that this session does not have.',
    'Add the older key to HERA_ENCRYPTION_KEY (comma-separated, newest first).');
  return null;
end
$$;
grant execute on function hera_internal.unseal(bytea, text[]) to hera_worker_owner;
comment on function hera_internal.unseal(bytea, text[]) is 'Decrypts what hera_internal.seal made.';
