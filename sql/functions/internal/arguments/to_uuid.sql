-- hera_internal.to_uuid: a uuid out of a text that a caller sent, or an error that names the field.
create or replace function hera_internal.to_uuid(p_field text, p_text text)
returns uuid
language plpgsql
immutable
as $$
begin
  return p_text::uuid;
exception
  when invalid_text_representation then
    perform hera_internal.fail(400, 'field.invalid', p_field || ' is not a UUID', 'Send it as 8-4-4-4-12 hexadecimal digits.');
    return null;
end
$$;
comment on function hera_internal.to_uuid(text, text) is 'Casts, or raises PT400 field.invalid.';
