-- hera_internal.hmac_sha256: RFC 2104 with SHA-256, from pgcrypto, wherever that extension is installed.
do $body$
begin
  execute format(
    $f$
      create or replace function hera_internal.hmac_sha256(p_message bytea, p_key bytea)
      returns bytea
      language sql
      immutable parallel safe
      return %I.hmac(p_message, p_key, 'sha256')
    $f$,
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrypto'));
end
$body$;
grant execute on function hera_internal.hmac_sha256(bytea, bytea) to hera_worker_owner;
comment on function hera_internal.hmac_sha256(bytea, bytea) is 'HMAC-SHA256 of a message.';
