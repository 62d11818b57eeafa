-- hera_internal.template_value: the first value that a path of a transform finds, or null.
-- Lax mode looks into each array on the way, so any path could walk the whole document; a transform may hold many paths, and one claim
-- renders for all organizations. So only paths that say so walk ([*], ?), and hera_internal.transform_fault limits those.
create or replace function hera_internal.template_value(p_context jsonb, p_path text)
returns jsonb
language plpgsql
immutable
as $$
begin
  return jsonb_path_query_first(p_context,
    (case when hera_internal.path_walks(p_path) then p_path else 'strict ' || p_path end)::jsonpath, '{}', true);
end
$$;
grant execute on function hera_internal.template_value(jsonb, text) to hera_worker_owner;
comment on function hera_internal.template_value(jsonb, text) is 'What a path of a transform finds in its context.';
