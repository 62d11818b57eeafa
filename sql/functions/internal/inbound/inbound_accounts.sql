-- hera_internal.inbound_accounts: the accounts that a body names, at most p_limit. Runs before a signature is known to be good, so the work is
-- bounded: no step of a rule is followed further than that.
create or replace function hera_internal.inbound_accounts(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_limit int)
returns text[]
language plpgsql
immutable
as $$
declare
  v_in constant text := p_inbound #>> '{account_ref,in}';
  v_steps jsonb;
  v_found text[];
  v_accounts text[] := array[]::text[];
begin
  -- The rules mostly begin with the same steps.
  for v_steps in
    select distinct x.steps
    from (
      select (
        select jsonb_agg(s.step order by s.n)
        from jsonb_array_elements(e.value -> 'each') with ordinality s (step, n)
        where s.n <= (
          select min(t.n) from jsonb_array_elements(e.value -> 'each') with ordinality t (step, n) where t.step ->> 'as' = v_in)) as steps
      from jsonb_array_elements(p_inbound -> 'events') e) x
    where x.steps is not null
  loop
    v_found := array(
      select distinct a.account
      from hera_internal.walk_steps(v_steps, p_body, p_limit) b
      cross join lateral (
        select jsonb_path_query_first(b -> v_in, p.path::jsonpath, b || jsonb_build_object('headers', p_headers), true) #>> '{}' as account
        from jsonb_array_elements_text(p_inbound #> '{account_ref,paths}') p (path)) a
      where a.account is not null);
    v_accounts := v_accounts || v_found;
  end loop;
  return (array(select distinct a from unnest(v_accounts) a where length(a) <= 255))[1 : p_limit];
end
$$;
comment on function hera_internal.inbound_accounts(jsonb, jsonb, jsonb, int) is 'The accounts that a body names.';
