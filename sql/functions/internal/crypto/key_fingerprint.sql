-- hera_internal.key_fingerprint: tells which key sealed a secret, without telling the key.
create or replace function hera_internal.key_fingerprint(p_key text)
returns bytea
language sql
immutable parallel safe
return substring(sha256(convert_to('hera.key.' || p_key, 'UTF8')) for 4);
grant execute on function hera_internal.key_fingerprint(text) to hera_worker_owner, hera_view;
comment on function hera_internal.key_fingerprint(text) is 'Four bytes that name a key.';
