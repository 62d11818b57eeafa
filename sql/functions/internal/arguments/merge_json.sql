-- hera_internal.merge_json: a JSON document with a change merged in, as RFC 7396 (JSON Merge Patch) says: objects key by key,
-- null takes a key out, everything else is replaced.
create or replace function hera_internal.merge_json(p_json jsonb, p_change jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_merged jsonb := case when jsonb_typeof(p_json) = 'object' then p_json else '{}' end;
  v_key text;
  v_value jsonb;
begin
  if jsonb_typeof(p_change) <> 'object' then
    return p_change;
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_change) e
  loop
    if v_value = 'null' then
      v_merged := v_merged - v_key;
    else
      v_merged := v_merged || jsonb_build_object(v_key, hera_internal.merge_json(v_merged -> v_key, v_value));
    end if;
  end loop;
  return v_merged;
end
$$;
comment on function hera_internal.merge_json(jsonb, jsonb) is 'JSON Merge Patch.';
