-- hera_internal.pgp_open: decrypt what pgp_seal made.
do $body$
begin
  execute format(
    $f$
      create or replace function hera_internal.pgp_open(p_sealed bytea, p_key text)
      returns text
      language sql
      immutable parallel safe
      return %I.pgp_sym_decrypt(p_sealed, p_key)
    $f$,
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrypto'));
end
$body$;
grant execute on function hera_internal.pgp_open(bytea, text) to hera_worker_owner;
comment on function hera_internal.pgp_open(bytea, text) is 'Decrypts what pgp_seal made.';
