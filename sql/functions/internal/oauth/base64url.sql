-- hera_internal.base64url: bytes as text that stands in a URL as it is (RFC 4648, section 5, without padding).
create or replace function hera_internal.base64url(p_bytes bytea)
returns text
language sql
immutable parallel safe
return translate(encode(p_bytes, 'base64'), E'+/=\n', '-_');
comment on function hera_internal.base64url(bytea) is 'base64url of bytes.';
