-- hera_internal.path_fault: why a jsonpath of a tenant (a filter, or a path of a transform) is refused, or null.
-- What is left runs in time linear in the document and raises nothing that silent mode would not suppress:
--   no recursive descent, no regular expressions, no lists of subscripts ([0,0] doubles the work, again and again)
--   a comparison has a constant on one side, and a filter expression does not go back to $: else sequences multiply
--   no variables and no datetime(), whose errors are never suppressed
create or replace function hera_internal.path_fault(p_path text)
returns text
language plpgsql
immutable
as $$
declare
  v_operator constant text := '([=!<>]=|<>|[<>])';
  v_constant constant text := '(""|-?[0-9][0-9.eE+-]*|true|false|null)';
  v_subscript constant text := '([0-9]+|last( *- *[0-9]+)?)';
  -- Quoted strings hold no operators.
  v_bare text := regexp_replace(regexp_replace(p_path, '"([^"\\]|\\.)*"', '""', 'g'), '\s+', ' ', 'g');
  v_open text;
begin
  if v_bare ~ '\\|/\*' then
    return 'may not hold \ or comments outside of strings';
  elsif v_bare ~ '\*\*' then
    return 'may not use **';
  elsif v_bare ~ 'like_regex' then
    return 'may not use like_regex';
  elsif v_bare ~ 'datetime *\(' then
    return 'may not use datetime()';
  elsif v_bare ~ '\$[^][ .()?=!<>&|+*/%-]' then
    return 'may not use variables';
  elsif length(regexp_replace(v_bare, '[^(?]', '', 'g')) > 20 or length(regexp_replace(v_bare, '[^*]', '', 'g')) > 4 then
    return 'is too complex: at most 20 parentheses or filters and 4 wildcards';
  end if;

  v_bare := regexp_replace(v_bare, format('\[ *(\*|%1$s( to %1$s)?) *\]', v_subscript), '', 'g');
  if position('[' in v_bare) > 0 then
    return 'may use the subscripts [*], [3], [last], [last - 1] and [0 to 9] alone';
  end if;
  v_bare := regexp_replace(v_bare, ' *\. *', '.', 'g');
  v_open := regexp_replace(v_bare, format('(?<![\w.$@)])%s *%s', v_constant, v_operator), ' ', 'g');
  v_open := regexp_replace(v_open, v_operator || ' *' || v_constant, ' ', 'g');
  if v_open ~ v_operator then
    return 'compares two paths; one side must be a constant';
  end if;
  -- Innermost parentheses first: what holds a $ stays one, everything else goes.
  loop
    if v_bare ~ '\? *\([^()]*\$[^()]*\)' then
      return 'may not use $ within ? (…), only @';
    end if;
    v_open := regexp_replace(regexp_replace(v_bare, '\([^()$]*\)', '', 'g'), '\([^()]*\$[^()]*\)', '$', 'g');
    exit when v_open = v_bare;
    v_bare := v_open;
  end loop;
  return null;
end
$$;
comment on function hera_internal.path_fault(text) is 'Why a jsonpath is refused, or null.';
