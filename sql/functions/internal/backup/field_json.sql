-- hera_internal.field_json: the value of a field, whichever column holds it.
create or replace function hera_internal.field_json(p_field hera.core_dynamic_data)
returns jsonb
language sql
stable
as $$
  select case p_field.field_type
    when 'number' then to_jsonb(p_field.field_value_number)
    when 'boolean' then to_jsonb(p_field.field_value_boolean)
    when 'date' then to_jsonb(p_field.field_value_date)
    when 'json' then p_field.field_value_json
    else to_jsonb(p_field.field_value_text) end;
$$;
comment on function hera_internal.field_json(hera.core_dynamic_data) is 'A field''s value as JSON.';
