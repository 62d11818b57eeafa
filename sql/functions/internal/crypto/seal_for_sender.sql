-- hera_internal.seal_for_sender: encrypt a text for the host that opened this session, which has the session's newest key too. So a claim
-- hands over what signs a request, and yet no answer, and no log or screen that it ends up on, shows a secret.
-- p_keys: for who seals many, so that the session's keys are read once.
-- AES-256-CBC with PKCS #7 padding under SHA-256('hera.sender.' || key); the answer begins with the 16 bytes of the initialization vector.
-- Errors: PT500 encryption.key_missing, encryption.key_malformed.
drop function if exists hera_internal.seal_for_sender(text);
do $body$
begin
  execute format(
    $f$
      create or replace function hera_internal.seal_for_sender(p_text text, p_keys text[] default hera_internal.encryption_keys())
      returns bytea
      language plpgsql
      volatile
      as $$
      declare
        v_iv constant bytea := %1$I.gen_random_bytes(16);
      begin
        return v_iv || %1$I.encrypt_iv(
          convert_to(p_text, 'UTF8'), sha256(convert_to('hera.sender.' || p_keys[1], 'UTF8')), v_iv, 'aes-cbc/pad:pkcs');
      end
      $$
    $f$,
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrypto'));
end
$body$;
grant execute on function hera_internal.seal_for_sender(text, text[]) to hera_worker_owner;
comment on function hera_internal.seal_for_sender(text, text[]) is 'Encrypts a text for the host of this session.';
