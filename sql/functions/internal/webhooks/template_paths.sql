-- hera_internal.template_paths: each {{ path }} of a transform: the JSON path of the text that holds it, the character (from 1) of the text
-- at which it begins, and whether it may walk an array ("walks": see hera_internal.template_value).
create or replace function hera_internal.template_paths(p_template jsonb)
returns table (place text, at_character int, path text, walks boolean)
language sql
immutable
as $$
  with recursive node as (
    select '$' as place, p_template as value
    union all
    select node.place || child.step, child.value
    from node
    cross join lateral (
      select case when e.key ~ '^[A-Za-z_][A-Za-z0-9_]*$' then '.' || e.key else '.' || to_jsonb(e.key)::text end as step, e.value
      from jsonb_each(case when jsonb_typeof(node.value) = 'object' then node.value else '{}' end) e
      union all
      select format('[%s]', e.ordinality - 1), e.value
      from jsonb_array_elements(case when jsonb_typeof(node.value) = 'array' then node.value else '[]' end) with ordinality e
    ) child
  )
  select node.place, p.at_character, p.path, hera_internal.path_walks(p.path)
  from node
  cross join lateral (
    select m.path, (sum(length(s.piece) + length(m.path) + 4) over (order by nth) - length(m.path) - 1)::int as at_character
    from unnest(regexp_split_to_array(node.value #>> '{}', '\{\{[^{}]*\}\}')) with ordinality as s (piece, nth)
    join (
      select x.groups[1], row_number() over () from regexp_matches(node.value #>> '{}', '\{\{([^{}]*)\}\}', 'g') as x (groups)
    ) as m (path, nth) using (nth)
  ) p
  where jsonb_typeof(node.value) = 'string';
$$;
comment on function hera_internal.template_paths(jsonb) is 'The paths of a transform and where they stand.';
