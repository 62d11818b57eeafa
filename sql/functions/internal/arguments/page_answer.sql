-- hera_internal.page_answer: the answer of a LIST whose rows are few enough to be made all at once: filtered, and in pages where a
-- limit is given. p_rows are in a stable order and none is ever taken out, so the cursor is the id of the last row of a page.
-- p_known: the keys that rows are filtered by, beside limit and cursor.
-- Errors: PT400 <p_field>.unknown, <p_field>.invalid.
create or replace function hera_internal.page_answer(
  p_name text, p_rows jsonb, p_field text, p_filter jsonb, p_known text[], p_id text default 'id')
returns jsonb
language plpgsql
immutable
as $$
declare
  v_limit int;
  v_after bigint := 0;
  v_rows jsonb;
  v_more boolean;
begin
  perform hera_internal.check_keys(p_field, p_filter, array['limit', 'cursor'] || p_known);
  if coalesce(p_filter ->> 'limit', '1') !~ '^[0-9]{1,4}$' or (p_filter ->> 'limit')::int not between 1 and 1000 then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || '.limit must be a whole number from 1 to 1000', null);
  end if;
  v_limit := (p_filter ->> 'limit')::int;
  if p_filter ->> 'cursor' is not null then
    select e.nth into v_after
    from jsonb_array_elements(p_rows) with ordinality e (row_json, nth)
    where e.row_json ->> p_id = p_filter ->> 'cursor';
    if not found then
      perform hera_internal.fail(400, p_field || '.invalid', p_field || '.cursor is not of this list',
        'Pass next_cursor of the page before.');
    end if;
  end if;

  select coalesce(jsonb_agg(x.row_json order by x.nth) filter (where v_limit is null or x.place <= v_limit), '[]'), max(x.place) > v_limit
  into v_rows, v_more
  from (
    select e.row_json, e.nth, row_number() over (order by e.nth) as place
    from jsonb_array_elements(p_rows) with ordinality e (row_json, nth)
    where e.nth > v_after
      and not exists (select from unnest(p_known) k where p_filter ->> k is not null and e.row_json ->> k is distinct from p_filter ->> k)) x;
  return jsonb_build_object('success', true, p_name, v_rows, 'next_cursor', case when v_more then v_rows -> -1 ->> p_id end);
end
$$;
comment on function hera_internal.page_answer(text, jsonb, text, jsonb, text[], text) is '{success, <name>: rows, next_cursor}';
