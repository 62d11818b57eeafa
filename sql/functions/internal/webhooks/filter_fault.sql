-- hera_internal.filter_fault: what is wrong with a webhook's filter, or null.
-- A filter is a jsonpath predicate over the event's data. What can run for seconds is refused: recursive descent,
-- regular expressions, and long or deep expressions.
create or replace function hera_internal.filter_fault(p_filter text)
returns text
language plpgsql
immutable
as $$
declare
  -- Quoted strings hold no operators.
  v_bare text := regexp_replace(p_filter, '"([^"\\]|\\.)*"', '""', 'g');
begin
  if length(p_filter) not between 1 and 1000 then
    return 'must have 1 to 1000 characters';
  elsif position('**' in v_bare) > 0 then
    return 'may not use ** (at character ' || position('**' in p_filter) || ')';
  elsif v_bare ~ 'like_regex' then
    return 'may not use like_regex (at character ' || position('like_regex' in p_filter) || ')';
  elsif length(regexp_replace(v_bare, '[^(?]', '', 'g')) > 20 or length(regexp_replace(v_bare, '[^*]', '', 'g')) > 4 then
    return 'is too complex: at most 20 parentheses or filters and 4 wildcards';
  end if;
  -- A predicate answers true, false or unknown for any document; a path that selects values raises.
  perform jsonb_path_match('{}', p_filter::jsonpath, '{}', false);
  return null;
exception
  when syntax_error or invalid_text_representation then
    return 'is no jsonpath: ' || sqlerrm;
  when singleton_sql_json_item_required then
    return 'must be a predicate such as $.total > 100';
  when others then
    return 'is refused: ' || sqlerrm;
end
$$;
comment on function hera_internal.filter_fault(text) is 'The fault of a jsonpath filter, or null.';
