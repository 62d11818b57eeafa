-- hera_internal.greatest_cursor: the greatest of some cursors: by number where all are numbers, else as texts, which orders times in ISO 8601.
create or replace function hera_internal.greatest_cursor(p_cursors text[])
returns text
language sql
immutable
as $$
  select c
  from unnest(p_cursors) c, lateral (select bool_and(x ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$') as numbers from unnest(p_cursors) x) n
  where c is not null
  order by case when n.numbers then c::numeric end desc, c collate "C" desc
  limit 1;
$$;
comment on function hera_internal.greatest_cursor(text[]) is 'The greatest of some cursors.';
