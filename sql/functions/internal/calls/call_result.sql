-- hera_internal.call_result: what an action makes of its answer, by its result_map: {name: value}. A value is what a jsonpath finds first
-- in the body, or header:NAME.
create or replace function hera_internal.call_result(p_action jsonb, p_headers jsonb, p_body text)
returns jsonb
language sql
immutable
as $$
  select coalesce(jsonb_object_agg(r.key, case
      when r.value like 'header:%' then p_headers -> lower(substr(r.value, 8))
      else jsonb_path_query_first(b.body, r.value::jsonpath, '{}', true) end), '{}')
  from (select hera_internal.json_or_null(p_body) as body offset 0) b
  cross join jsonb_each_text(p_action -> 'result_map') r;
$$;
comment on function hera_internal.call_result(jsonb, jsonb, text) is 'The result of a call by its result_map.';
