-- hera_internal.list_answer: the answer of a list RPC. The cursor is the id of the last row, so pages are stable while rows are added.
create or replace function hera_internal.list_answer(p_name text, p_rows jsonb, p_max_rows int)
returns jsonb
language sql
immutable
return jsonb_build_object('success', true, p_name, p_rows,
  'next_cursor', case when jsonb_array_length(p_rows) = p_max_rows then p_rows -> -1 ->> 'id' end);
comment on function hera_internal.list_answer(text, jsonb, int) is '{success, <name>: rows, next_cursor}';
