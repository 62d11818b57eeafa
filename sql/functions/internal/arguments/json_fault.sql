-- hera_internal.json_fault: what is wrong with a JSON document that a caller sent, or null.
-- Nesting at most 64, numbers between 1e-308 and 1e308 in size (1e131071 is 30 bytes stored and 131 KB printed),
-- and at most p_max_bytes as text.
create or replace function hera_internal.json_fault(p_json jsonb, p_text text, p_max_bytes int default 1048576)
returns text
language plpgsql
immutable
as $$
begin
  if octet_length(p_text) > p_max_bytes then
    return format('is larger than %s bytes', p_max_bytes);
  end if;
  if jsonb_path_exists(p_json, '$.**{65}') then
    return 'is nested deeper than 64';
  end if;
  -- A number with a large exponent is printed with a long run of zeros; looking for one is ten times cheaper than visiting each number.
  -- Written out digit by digit it has none, and is no larger than it came.
  if p_text like '%00000000000000000000000000000000%' and jsonb_path_exists(
    p_json, '$.** ? (@.type() == "number" && (@ > 1e308 || @ < -1e308 || (@ > -1e-308 && @ < 1e-308 && @ != 0)))') then
    return 'holds a number beyond 1e308';
  end if;
  return null;
end
$$;
comment on function hera_internal.json_fault(jsonb, text, int) is 'The fault of a JSON document (p_text is its text), or null.';
