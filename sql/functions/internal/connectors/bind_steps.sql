-- hera_internal.bind_steps: walk a chain of steps {as, in, path} over a request body. Each step runs its jsonpath over what `in` names
-- (the body by default), with all bindings so far as variables, and binds each match in turn. Answers the bindings of each way through.
create or replace function hera_internal.bind_steps(p_steps jsonb, p_bound jsonb)
returns setof jsonb
language plpgsql
immutable
as $$
declare
  v_step constant jsonb := p_steps -> 0;
  v_match jsonb;
begin
  if v_step is null then
    return next p_bound;
    return;
  end if;
  for v_match in
    select m from jsonb_path_query(p_bound -> coalesce(v_step ->> 'in', 'body'), (v_step ->> 'path')::jsonpath, p_bound, true) m
  loop
    return query select b from hera_internal.bind_steps(p_steps - 0, p_bound || jsonb_build_object(v_step ->> 'as', v_match)) b;
  end loop;
end
$$;
comment on function hera_internal.bind_steps(jsonb, jsonb) is 'The bindings of each way through a chain of jsonpath steps.';
