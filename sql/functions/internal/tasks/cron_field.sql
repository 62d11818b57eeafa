-- hera_internal.cron_field: the numbers that a field of a cron expression stands for, in order; null where it is none.
-- *, a, a-b, */n, a/n, a-b/n and lists of these; p_names are words for p_min and on, such as jan.
create or replace function hera_internal.cron_field(p_field text, p_min int, p_max int, p_names text[] default '{}')
returns int[]
language plpgsql
immutable
as $$
declare
  v_item text;
  v_parts text[];
  v_from int;
  v_to int;
  v_numbers int[] := '{}';
begin
  foreach v_item in array string_to_array(lower(p_field), ',')
  loop
    for i in 1 .. cardinality(p_names)
    loop
      v_item := replace(v_item, p_names[i], (p_min + i - 1)::text);
    end loop;
    v_parts := regexp_match(v_item, '^(?:(\*)|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([0-9]{1,2}))?$');
    v_from := coalesce(v_parts[2]::int, p_min);
    v_to := coalesce(v_parts[3]::int, case when v_parts[2] is null or v_parts[4] is not null then p_max else v_from end);
    if v_parts is null or v_from < p_min or v_to > p_max or v_from > v_to or v_parts[4]::int = 0 then
      return null;
    end if;
    v_numbers := v_numbers || array(select generate_series(v_from, v_to, coalesce(v_parts[4]::int, 1)));
  end loop;
  return array(select distinct n from unnest(v_numbers) n order by n);
end
$$;
comment on function hera_internal.cron_field(text, int, int, text[]) is 'The numbers of a field of a cron expression.';
