-- hera_internal.render: a webhook's transform, a JSON template over {id, type, timestamp, organization_id, topic, smart_code, data}.
-- A text that is just {{ jsonpath }} becomes the value found (null where there is none); other texts have each
-- {{ jsonpath }} replaced by the value's text. Objects and arrays are walked.
create or replace function hera_internal.render(p_template jsonb, p_context jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_text text;
  v_path text;
begin
  case jsonb_typeof(p_template)
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, hera_internal.render(e.value, p_context)), '{}') from jsonb_each(p_template) e);
    when 'array' then
      return (select coalesce(jsonb_agg(hera_internal.render(e.value, p_context) order by e.ordinality), '[]')
        from jsonb_array_elements(p_template) with ordinality e);
    when 'string' then
      v_text := p_template #>> '{}';
      v_path := substring(v_text from '^\{\{([^{}]*)\}\}$');
      if v_path is not null then
        return coalesce(jsonb_path_query_first(p_context, v_path::jsonpath, '{}', true), 'null');
      end if;
      for v_path in select m[1] from regexp_matches(v_text, '\{\{([^{}]*)\}\}', 'g') m
      loop
        v_text := replace(v_text, '{{' || v_path || '}}',
          coalesce(jsonb_path_query_first(p_context, v_path::jsonpath, '{}', true) #>> '{}', ''));
      end loop;
      return to_jsonb(v_text);
    else
      return p_template;
  end case;
end
$$;
grant execute on function hera_internal.render(jsonb, jsonb) to hera_worker_owner;
comment on function hera_internal.render(jsonb, jsonb) is 'Fills a JSON template from a context.';
