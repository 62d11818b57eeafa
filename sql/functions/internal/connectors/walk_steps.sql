-- hera_internal.walk_steps: walk a chain of steps {as, in, path} over a request body. Each step runs its jsonpath over what `in` names
-- (the body by default), with all bindings so far as variables, and binds each match in turn. Answers the bindings of each way through, in
-- order; with p_limit no more than that, and no more work. The body is none of the bindings: each way through would carry a copy of it.
create or replace function hera_internal.walk_steps(p_steps jsonb, p_body jsonb, p_limit bigint default null)
returns setof jsonb
language plpgsql
immutable
as $$
declare
  v_ways jsonb[] := array[jsonb '{}'];
  v_step jsonb;
begin
  for v_step in select s.value from jsonb_array_elements(p_steps) with ordinality s (value, n) order by s.n
  loop
    v_ways := array(
      select w.bound || jsonb_build_object(v_step ->> 'as', m.value)
      from unnest(v_ways) with ordinality w (bound, n)
      cross join lateral jsonb_path_query(
        case when coalesce(v_step ->> 'in', 'body') = 'body' then p_body else w.bound -> (v_step ->> 'in') end,
        (v_step ->> 'path')::jsonpath, w.bound, true) m (value)
      limit p_limit);
  end loop;
  return query select w from unnest(v_ways) w;
end
$$;
comment on function hera_internal.walk_steps(jsonb, jsonb, bigint) is 'The bindings of each way through a chain of jsonpath steps.';
