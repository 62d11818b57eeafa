-- hera_internal.transform_fault: what is wrong with a webhook's transform, or null. Each path obeys the limits of filters.
create or replace function hera_internal.transform_fault(p_transform jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_text text := p_transform::text;
  v_fault text := hera_internal.json_fault(p_transform, v_text, 16384);
  v_path text;
begin
  if jsonb_typeof(p_transform) not in ('object', 'array') then
    return 'must be a JSON object or array with {{ jsonpath }} in its texts';
  elsif v_fault is not null then
    return v_fault;
  end if;
  for v_path in
    select m[1]
    from jsonb_path_query(p_transform, 'strict $.** ? (@.type() == "string")') s
    cross join regexp_matches(s #>> '{}', '\{\{([^{}]*)\}\}', 'g') m
  loop
    v_fault := case when length(v_path) > 200 then 'has more than 200 characters' else hera_internal.path_fault(v_path) end;
    if v_fault is not null then
      return format('has a path {{%s}} that %s', left(v_path, 60), v_fault);
    end if;
    begin
      perform v_path::jsonpath;
    exception
      when others then
        return format('has a malformed path {{%s}}: %s', left(v_path, 60), sqlerrm);
    end;
  end loop;
  return null;
end
$$;
comment on function hera_internal.transform_fault(jsonb) is 'The fault of a transform template, or null.';
