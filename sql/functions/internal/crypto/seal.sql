-- hera_internal.seal: encrypt a secret with the newest key of this session.
-- The result is the key's fingerprint (4 bytes) and an OpenPGP message.
create or replace function hera_internal.seal(p_secret text)
returns bytea
language plpgsql
volatile
as $$
declare
  v_key text := (hera_internal.encryption_keys())[1];
begin
  return hera_internal.key_fingerprint(v_key) || hera_internal.pgp_seal(p_secret, v_key);
end
$$;
grant execute on function hera_internal.seal(text) to hera_worker_owner;
comment on function hera_internal.seal(text) is 'Encrypts a secret. Errors: PT500 encryption.key_missing.';
