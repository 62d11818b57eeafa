-- hera_internal.json_or_null: a text as JSON, or null where it is none, or nested too deep.
create or replace function hera_internal.json_or_null(p_text text)
returns jsonb
language plpgsql
immutable
as $$
begin
  return p_text::jsonb;
exception
  when others then
    return null;
end
$$;
grant execute on function hera_internal.json_or_null(text) to hera_worker_owner;
comment on function hera_internal.json_or_null(text) is 'A text as JSON, null where it is none.';
