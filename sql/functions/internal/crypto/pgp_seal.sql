-- hera_internal.pgp_seal: pgcrypto's symmetric encryption, wherever that extension is installed.
-- The key is 32 random bytes in base64, so stretching it (s2k-mode 3) would only cost time: 7 against 312 µs a call.
do $body$
begin
  execute format(
    $f$
      create or replace function hera_internal.pgp_seal(p_text text, p_key text)
      returns bytea
      language sql
      volatile parallel safe
      return %I.pgp_sym_encrypt(p_text, p_key, 's2k-mode=1,compress-algo=0,cipher-algo=aes256')
    $f$,
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrypto'));
end
$body$;
grant execute on function hera_internal.pgp_seal(text, text) to hera_worker_owner;
comment on function hera_internal.pgp_seal(text, text) is 'Encrypts a text with one key.';
