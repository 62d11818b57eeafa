-- hera_internal.to_time: a time out of a text that a caller sent, or an error that names the field.
create or replace function hera_internal.to_time(p_field text, p_text text)
returns timestamptz
language plpgsql
stable
as $$
begin
  return p_text::timestamptz;
exception
  when invalid_datetime_format or datetime_field_overflow or invalid_parameter_value then
    perform hera_internal.fail(400, 'field.invalid', p_field || ' is not a time', 'For example 2026-01-31T12:00:00Z.');
    return null;
end
$$;
comment on function hera_internal.to_time(text, text) is 'Casts, or raises PT400 field.invalid.';
