-- hera_internal.schema_keywords_fault: a keyword of a JSON Schema that hera_internal.schema_fault does not know, or that is used wrongly, or
-- null: what is written in a definition must not be passed over in silence.
create or replace function hera_internal.schema_keywords_fault(p_path text, p_schema jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_key text;
  v_value jsonb;
  v_fault text;
begin
  v_fault := hera_internal.shape_fault(p_path, p_schema, '{"type?": "string|integer|number|boolean|array|object", "required?": ["string"],
    "properties?": {"*": "object"}, "default?": "any", "enum?": ["any"], "minLength?": "integer", "maxLength?": "integer", "pattern?": "regex",
    "minimum?": "number", "maximum?": "number", "maxItems?": "integer", "items?": "object", "title?": "string", "description?": "string"}');
  if v_fault is not null then
    return v_fault;
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_schema -> 'properties') e
  loop
    v_fault := coalesce(v_fault, hera_internal.schema_keywords_fault(p_path || '.' || v_key, v_value));
  end loop;
  if p_schema ? 'items' then
    v_fault := coalesce(v_fault, hera_internal.schema_keywords_fault(p_path || '[]', p_schema -> 'items'));
  end if;
  if p_schema ? 'default' then
    v_fault := coalesce(v_fault, hera_internal.schema_fault(p_path || '.default', p_schema -> 'default', p_schema));
  end if;
  return v_fault;
end
$$;
comment on function hera_internal.schema_keywords_fault(text, jsonb) is 'The fault of a JSON Schema, or null.';
