-- hera_internal.first_text: the first single value that one of several jsonpaths finds, as text; null where none does.
create or replace function hera_internal.first_text(p_json jsonb, p_paths text[])
returns text
language sql
immutable
as $$
  select f.value #>> '{}'
  from unnest(p_paths) with ordinality p (path, n)
  cross join lateral (select jsonb_path_query_first(p_json, p.path::jsonpath, '{}', true) as value) f
  where jsonb_typeof(f.value) in ('string', 'number')
  order by p.n
  limit 1;
$$;
comment on function hera_internal.first_text(jsonb, text[]) is 'The first text or number that one of several paths finds.';
