-- hera_internal.syntax_position: at which character (from 1) a malformed jsonpath breaks. PostgreSQL names the sign but not its place:
-- it is the first one with which what comes before it is refused in the same words. Null where that can't be told.
create or replace function hera_internal.syntax_position(p_path text, p_message text)
returns int
language plpgsql
immutable
as $$
declare
  v_sign constant text := substring(p_message from '"(.+)"');
begin
  if v_sign is null then
    return case when p_message like '% at end of %' then length(p_path) + 1 end;
  end if;
  for v_at in 1 .. length(p_path)
  loop
    continue when substr(p_path, v_at, length(v_sign)) <> v_sign;
    begin
      perform left(p_path, v_at + length(v_sign) - 1)::jsonpath;
    exception
      when others then
        if sqlerrm = p_message then
          return v_at;
        end if;
    end;
  end loop;
  return null;
end
$$;
comment on function hera_internal.syntax_position(text, text) is 'Where a malformed jsonpath breaks.';
