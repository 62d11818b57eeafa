-- hera_internal.filter_values: what each path of a filter finds in an event's data, {path: up to 5 values}, so that a reader sees why the
-- filter is true or not. Paths are read from the filter as PostgreSQL writes it, in which keys are quoted.
create or replace function hera_internal.filter_values(p_filter jsonpath, p_data jsonb)
returns jsonb
language plpgsql
stable
as $$
begin
  return (
    select coalesce(jsonb_object_agg(f.path, (
      select coalesce(jsonb_agg(hera_internal.shown(v.value, 200)), '[]')
      from (select q as value from jsonb_path_query(p_data, f.path::jsonpath, '{}', true) q limit 5) v)), '{}')
    from (
      -- A string comes first, so that a $ within it is no path.
      select distinct m[2] as path
      from regexp_matches(p_filter::text, '("(?:[^"\\]|\\.)*")|(\$(?:\."(?:[^"\\]|\\.)*"|\.\*|\[[^]]*\])*)', 'g') m
      where m[2] is not null) f);
end
$$;
comment on function hera_internal.filter_values(jsonpath, jsonb) is 'The values that a filter looked at.';
