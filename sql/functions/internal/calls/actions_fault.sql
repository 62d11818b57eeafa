-- hera_internal.actions_fault: the fault of the actions of a definition, or null: a code that is there twice, an input schema that can't be
-- checked, a placeholder of an input that the schema does not let in, an unknown filter, a form that is none, a result that is neither a
-- jsonpath nor a header.
create or replace function hera_internal.actions_fault(p_config jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_action jsonb;
  v_path text;
  v_fault text;
  v_name text;
begin
  for v_action in select a.value from jsonb_array_elements(p_config -> 'actions') a
  loop
    v_path := 'connector_config.actions ' || (v_action ->> 'code');
    if jsonb_array_length(jsonb_path_query_array(p_config, '$.actions[*] ? (@.code == $c)', jsonb_build_object('c', v_action -> 'code'))) > 1 then
      return v_path || ' is there twice';
    end if;
    v_fault := hera_internal.schema_keywords_fault(v_path || '.input_schema', coalesce(v_action -> 'input_schema', '{}'));
    if v_fault is not null then
      return v_fault;
    end if;
    select split_part(btrim(split_part(m[1], '|', 1)), '.', 2) into v_name
    from regexp_matches(
      concat_ws(' ', v_action ->> 'url', v_action -> 'headers', v_action -> 'query', v_action -> 'body'), '\{\{\s*(input\.[^{}]*)\}\}', 'g') m
    where v_action #> array['input_schema', 'properties', split_part(btrim(split_part(m[1], '|', 1)), '.', 2)] is null
    limit 1;
    if found then
      return format('%s sends {{input.%s}}, which its input_schema does not list', v_path, v_name);
    end if;
    select btrim(split_part(m[1], '|', 2)) into v_name
    from regexp_matches(v_action::text, '\{\{([^{}]*\|[^{}]*)\}\}', 'g') m
    where btrim(split_part(m[1], '|', 2)) not in ('escape_linkedin', 'urn_id', 'base64')
    limit 1;
    if found then
      return format('%s has an unknown filter %s; known are escape_linkedin, urn_id, base64', v_path, v_name);
    elsif v_action ->> 'body_format' = 'form' and (
      jsonb_typeof(v_action -> 'body') <> 'object' or exists (select from jsonb_each(v_action -> 'body') b where jsonb_typeof(b.value) <> 'string')) then
      return v_path || '.body of a form must be an object of texts';
    end if;
    select r.key into v_name from jsonb_each_text(v_action -> 'result_map') r where r.value !~ '^(\$|header:[A-Za-z0-9-]+$)' limit 1;
    if found then
      return format('%s.result_map.%s must be a jsonpath or header:NAME', v_path, v_name);
    end if;
    perform (r.value)::jsonpath from jsonb_each_text(v_action -> 'result_map') r where r.value like '$%';
  end loop;
  return null;
exception
  when syntax_error then
    return v_path || '.result_map is no jsonpath: ' || sqlerrm;
end
$$;
comment on function hera_internal.actions_fault(jsonb) is 'The fault of the actions of a definition, or null.';
