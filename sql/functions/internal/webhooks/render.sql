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
      -- Once, from left to right: what a path brings in is not looked at for paths again.
      return to_jsonb((
        select string_agg(t.text || coalesce(jsonb_path_query_first(p_context, t.path::jsonpath, '{}', true) #>> '{}', ''), '' order by t.nth)
        from (
          select coalesce(m[1], '') as text, m[2] as path, nth
          from regexp_matches(v_text, '(.*?)(?:\{\{([^{}]*)\}\}|$)', 'g') with ordinality x (m, nth)) t));
    else
      return p_template;
  end case;
end
$$;
grant execute on function hera_internal.render(jsonb, jsonb) to hera_worker_owner;
comment on function hera_internal.render(jsonb, jsonb) is 'Fills a JSON template from a context.';
