-- hera_internal.api_key_hash: what is stored of an API key. A plain hash suffices: the key is random, there is nothing to guess.
create or replace function hera_internal.api_key_hash(p_key text)
returns bytea
language sql
immutable
return sha256(convert_to(p_key, 'UTF8'));
comment on function hera_internal.api_key_hash(text) is 'SHA-256 of an API key.';
