-- Faults of actions are found when a definition is registered.
do $$
declare
  v_good constant jsonb := '{"code": "go", "method": "POST", "url": "https://h/{{input.a|urn_id}}", "body": {"a": "{{input.b.c}}"}, "success": {"status": [200]}, "idempotency": "none",
    "input_schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "object", "default": {}}}}, "result_map": {"x": "$.id", "y": "header:X-Y"}}';
  v_case record;
begin
  assert hera_internal.actions_fault(jsonb_build_object('actions', jsonb_build_array(v_good))) is null, hera_internal.actions_fault(jsonb_build_object('actions', jsonb_build_array(v_good)));
  assert hera_internal.actions_fault(jsonb_build_object('actions', jsonb_build_array(v_good, v_good))) like '%twice';
  for v_case in
    select * from (values
      ('{url}', '"https://h/{{input.other}}"'), ('{url}', '"https://h/{{input.a|shout}}"'), ('{result_map,x}', '"id"'), ('{result_map,x}', '"$..."'), ('{result_map,y}', '"header:a b"'),
      ('{input_schema,properties,a,type}', '"text"'), ('{input_schema,properties,a,pattern}', '"("'), ('{input_schema,properties,a,format}', '"email"'), ('{input_schema,properties,b,default}', '[]'),
      ('{input_schema,properties,b,items}', '{"type": "nothing"}'), ('{body_format}', '"form"')) c (path, value)
  loop
    assert hera_internal.actions_fault(jsonb_build_object('actions', jsonb_build_array(
      case v_case.path when '{body_format}' then v_good || '{"body_format": "form", "body": {"a": {}}}' else jsonb_set(v_good, v_case.path::text[], v_case.value::jsonb) end))) is not null, v_case::text;
  end loop;
end
$$;

-- What a schema lets in.
do $$
declare
  v_schema constant jsonb := '{"type": "object", "required": ["s"], "properties": {"s": {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]+$"}, "e": {"enum": ["a", 1]},
    "i": {"type": "integer", "minimum": 1, "maximum": 9}, "n": {"type": "number"}, "f": {"type": "boolean"}, "l": {"type": "array", "maxItems": 2, "items": {"type": "object", "properties": {"k": {"type": "string"}}}},
    "o": {"type": "object"}}}';
  v_value jsonb;
begin
  foreach v_value in array array['{"s": "ab"}', '{"s": "abc", "e": 1, "i": 9, "n": 1.5, "f": true, "l": [{"k": "v"}, {}], "o": {"any": [1]}}']::jsonb[] loop
    assert hera_internal.schema_fault('input', v_value, v_schema) is null, v_value::text;
  end loop;
  foreach v_value in array array['[]', '{}', '{"s": "a"}', '{"s": "abcd"}', '{"s": "AB"}', '{"s": null}', '{"s": "ab", "e": "b"}', '{"s": "ab", "i": 0}', '{"s": "ab", "i": 10}', '{"s": "ab", "i": 1.5}', '{"s": "ab", "n": "1"}',
    '{"s": "ab", "f": 1}', '{"s": "ab", "l": [1]}', '{"s": "ab", "l": [{}, {}, {}]}', '{"s": "ab", "l": [{"x": 1}]}', '{"s": "ab", "o": []}', '{"s": "ab", "other": 1}']::jsonb[] loop
    assert hera_internal.schema_fault('input', v_value, v_schema) like 'input%', v_value::text;
  end loop;
  assert hera_internal.schema_fault('input', '{"s": "ab", "l": [{}, {"k": 1}]}', v_schema) like 'input.l[1].k %', 'the field is named';
end
$$;
