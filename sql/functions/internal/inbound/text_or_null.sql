-- hera_internal.text_or_null: bytes as text, or null where they are none.
create or replace function hera_internal.text_or_null(p_bytes bytea)
returns text
language plpgsql
immutable
as $$
begin
  return convert_from(p_bytes, 'UTF8');
exception
  when character_not_in_repertoire or untranslatable_character then
    return null;
end
$$;
comment on function hera_internal.text_or_null(bytea) is 'Bytes as text, or null.';
