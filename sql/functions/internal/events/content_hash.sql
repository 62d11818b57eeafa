-- hera_internal.content_hash: what an idempotency key stands for: source, type, connector and data (as jsonb).
-- PL/pgSQL, since convert_to keeps a SQL function from being inlined, and one that is not costs ten times as much.
create or replace function hera_internal.content_hash(p_source text, p_type text, p_connector_code text, p_data_text text)
returns bytea
language plpgsql
immutable
as $$
begin
  return substring(sha256(convert_to(
    p_source || chr(31) || p_type || chr(31) || coalesce(p_connector_code, '') || chr(31) || p_data_text, 'UTF8')) for 16);
end
$$;
comment on function hera_internal.content_hash(text, text, text, text) is '16 bytes of SHA-256 over the content of an event.';
