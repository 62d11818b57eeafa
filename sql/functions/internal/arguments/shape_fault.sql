-- hera_internal.shape_fault: where a JSON document departs from a shape, as a sentence that begins with the path, or null.
-- A shape is JSON too. An object lists its keys: "key" must be there, "key?" may, "*" stands for any other. [shape] is a list.
-- A string names a kind (see hera_internal.kind_fault), or the allowed words: "hmac|hash", "|sha256" where it is one.
create or replace function hera_internal.shape_fault(p_path text, p_value jsonb, p_shape jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_kind text := jsonb_typeof(p_shape);
  v_key text;
  v_value jsonb;
  v_fault text;
begin
  if v_kind = 'string' then
    return p_path || ' ' || hera_internal.kind_fault(p_value, p_shape #>> '{}');
  elsif jsonb_typeof(p_value) is distinct from v_kind then
    return p_path || ' must be ' || case v_kind when 'array' then 'a list' else 'a JSON object' end;
  elsif v_kind = 'array' then
    for v_key, v_value in select e.n - 1, e.value from jsonb_array_elements(p_value) with ordinality e (value, n)
    loop
      v_fault := coalesce(v_fault, hera_internal.shape_fault(p_path || '[' || v_key || ']', v_value, p_shape -> 0));
    end loop;
    return v_fault;
  end if;

  select k into v_key from jsonb_object_keys(p_shape) k where k !~ '[?*]$' and not p_value ? k limit 1;
  if found then
    return format('%s.%s is missing', p_path, v_key);
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_value) e
  loop
    if not p_shape ?| array[v_key, v_key || '?', '*'] then
      return format('%s has an unknown key %s; the known ones are %s', p_path, left(v_key, 100),
        (select string_agg(rtrim(k, '?'), ', ' order by k) from jsonb_object_keys(p_shape) k));
    end if;
    v_fault := coalesce(v_fault, hera_internal.shape_fault(p_path || '.' || left(v_key, 100), v_value,
      coalesce(p_shape -> v_key, p_shape -> (v_key || '?'), p_shape -> '*')));
  end loop;
  return v_fault;
end
$$;
comment on function hera_internal.shape_fault(text, jsonb, jsonb) is 'The first departure of a document from a shape, or null.';
