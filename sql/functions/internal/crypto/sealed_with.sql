-- hera_internal.sealed_with: the fingerprint of the key that sealed a secret.
create or replace function hera_internal.sealed_with(p_sealed bytea)
returns bytea
language sql
immutable parallel safe
return substring(p_sealed for 4);
grant execute on function hera_internal.sealed_with(bytea) to hera_worker_owner, hera_view;
comment on function hera_internal.sealed_with(bytea) is 'Names the key of a sealed secret; see hera_internal.key_fingerprint.';
