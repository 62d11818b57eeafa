-- hera_internal.field_fault: what is wrong with the value of one field of an installation, or null. p_field: as the definition lists it.
create or replace function hera_internal.field_fault(p_field jsonb, p_value jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_type constant text := p_field ->> 'type';
  v_text constant text := p_value #>> '{}';
begin
  if v_type in ('string', 'url') and jsonb_typeof(p_value) <> 'string' then
    return 'must be a text';
  elsif v_type in ('string', 'url') and (btrim(v_text) = '' or length(v_text) > 4096 or v_text ~ '[\x01-\x1f\x7f]') then
    return 'must have 1 to 4096 characters and no control characters';
  elsif p_field ? 'choices' and not p_field -> 'choices' ? v_text then
    return 'must be one of ' || array_to_string(array(select jsonb_array_elements_text(p_field -> 'choices')), ', ');
  elsif v_type = 'url' then
    return hera_internal.url_fault(v_text);
  elsif v_type = 'boolean' and jsonb_typeof(p_value) <> 'boolean' then
    return 'must be true or false';
  elsif v_type in ('number', 'integer') and jsonb_typeof(p_value) <> 'number' then
    return 'must be a number';
  elsif v_type = 'integer' and v_text !~ '^-?[0-9]{1,18}$' then
    return 'must be a whole number';
  elsif v_type = 'number' and length(v_text) > 40 then
    return 'must be a number of at most 40 digits';
  end if;
  return null;
end
$$;
comment on function hera_internal.field_fault(jsonb, jsonb) is 'The fault of the value of an installation field, or null.';
