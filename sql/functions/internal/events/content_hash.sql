-- hera_internal.content_hash: what an idempotency key stands for: source, type, connector and data (as jsonb).
-- Stable, as convert_to and concat are, so that it is taken into the caller's expression; a call of its own costs more than the hash.
create or replace function hera_internal.content_hash(p_source text, p_type text, p_connector_code text, p_data_text text)
returns bytea
language sql
stable
return substring(sha256(convert_to(
  concat(p_source, chr(31), p_type, chr(31), p_connector_code, chr(31), p_data_text), 'UTF8')) for 16);
comment on function hera_internal.content_hash(text, text, text, text) is '16 bytes of SHA-256 over the content of an event.';
