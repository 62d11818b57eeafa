-- hera_internal.schema_fault: where a value departs from a JSON Schema, as a sentence that begins with the path, or null. The part of
-- JSON Schema that hera_internal.schema_keywords_fault lets in; an object whose properties are listed has no others.
create or replace function hera_internal.schema_fault(p_path text, p_value jsonb, p_schema jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_type constant text := jsonb_typeof(p_value);
  v_text constant text := p_value #>> '{}';
  v_key text;
  v_value jsonb;
  v_fault text;
begin
  if p_schema ? 'type' and v_type <> p_schema ->> 'type'
    and not (p_schema ->> 'type' = 'integer' and v_type = 'number' and v_text ~ '^-?[0-9]{1,18}$') then
    return format('%s must be of type %s', p_path, p_schema ->> 'type');
  elsif p_schema ? 'enum' and not exists (select from jsonb_array_elements(p_schema -> 'enum') e where e = p_value) then
    return format('%s must be one of %s', p_path, p_schema -> 'enum');
  elsif v_type = 'string' and (length(v_text) > (p_schema -> 'maxLength')::int or length(v_text) < (p_schema -> 'minLength')::int) then
    return format('%s must have %s to %s characters', p_path, coalesce(p_schema -> 'minLength', '0'), coalesce(p_schema ->> 'maxLength', 'any number of'));
  elsif v_type = 'string' and v_text !~ (p_schema ->> 'pattern') then
    return format('%s must match %s', p_path, p_schema ->> 'pattern');
  elsif v_type = 'number' and (p_value::numeric > (p_schema -> 'maximum')::numeric or p_value::numeric < (p_schema -> 'minimum')::numeric) then
    return format('%s must be from %s to %s', p_path, coalesce(p_schema ->> 'minimum', 'any'), coalesce(p_schema ->> 'maximum', 'any'));
  elsif v_type = 'array' and jsonb_array_length(p_value) > (p_schema -> 'maxItems')::int then
    return format('%s must have at most %s items', p_path, p_schema -> 'maxItems');
  elsif v_type = 'array' and p_schema ? 'items' then
    for v_key, v_value in select e.n - 1, e.value from jsonb_array_elements(p_value) with ordinality e (value, n)
    loop
      v_fault := coalesce(v_fault, hera_internal.schema_fault(p_path || '[' || v_key || ']', v_value, p_schema -> 'items'));
    end loop;
  elsif v_type = 'object' then
    select r.value into v_key from jsonb_array_elements_text(p_schema -> 'required') r where not p_value ? r.value limit 1;
    if found then
      return format('%s.%s is missing', p_path, v_key);
    end if;
    for v_key, v_value in select e.key, e.value from jsonb_each(p_value) e
    loop
      if p_schema ? 'properties' and not p_schema -> 'properties' ? v_key then
        return format('%s has an unknown key %s; the known ones are %s', p_path, left(v_key, 100),
          (select string_agg(k, ', ' order by k) from jsonb_object_keys(p_schema -> 'properties') k));
      end if;
      v_fault := coalesce(v_fault, hera_internal.schema_fault(p_path || '.' || left(v_key, 100), v_value, p_schema -> 'properties' -> v_key));
    end loop;
  end if;
  return v_fault;
end
$$;
comment on function hera_internal.schema_fault(text, jsonb, jsonb) is 'The first departure of a value from a JSON Schema, or null.';
