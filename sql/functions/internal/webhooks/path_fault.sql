-- hera_internal.path_fault: why a jsonpath of a tenant (a filter, or a path of a transform) is refused, and at which character (from 1).
-- What is left runs in time linear in the document and raises nothing that silent mode would not suppress:
--   no recursive descent, no regular expressions, no lists of subscripts ([0,0] doubles the work, again and again)
--   a comparison has a constant on one side, and a filter expression does not go back to $: else sequences multiply
--   no variables and no times, whose errors are never suppressed
-- weight counts the passes over the document that the path can make: the largest event takes about 40 ms a pass, half a second in all.
create or replace function hera_internal.path_fault(p_path text, out fault text, out at_character int, out weight int)
language plpgsql
immutable
as $$
declare
  v_operator constant text := '(?:[=!<>]=|<>|[<>])';
  v_constant constant text := '(?:""|-?[0-9][0-9.e+-]*|true|false|null)';
  v_subscript constant text := '(?:[0-9]+|last(?: *- *[0-9]+)?)';
  -- Quoted strings hold no operators, and keywords are read in any case.
  v_bare text := translate(hera_internal.blank(p_path, '"(?:[^"\\]|\\.)*"', '""'),
    E'\t\n\r\fABCDEFGHIJKLMNOPQRSTUVWXYZ', '    abcdefghijklmnopqrstuvwxyz');
  v_open text;
  v_pattern text;
begin
  weight := length(regexp_replace(v_bare, '[^$+*/%-]', '', 'g')) + 2 * length(regexp_replace(v_bare, '[^?@]', '', 'g'))
    + 2 * (select count(*) from regexp_matches(v_bare, '\. *[a-z_]+ *\(', 'g'));
  select r.fault, r.pattern into fault, v_pattern
  from (values
    (1, '\\|/\*', 'may not hold \ or comments outside of strings'),
    (2, '\*\*', 'may not use **'),
    (3, 'like_regex', 'may not use like_regex'),
    (4, '(?:date|time)[a-z_]* *\(', 'may not use datetime() and its kind'),
    (5, '\$[^][ .()?=!<>&|+*/%-]', 'may not use variables'),
    (6, '(?<=^(?:[^(?]*[(?]){20}[^(?]*)[(?]', 'is too complex: at most 20 parentheses or filters'),
    (7, '(?<=^(?:[^*]*\*){4}[^*]*)\*', 'is too complex: at most 4 wildcards')
  ) as r (nth, pattern, fault)
  where v_bare ~ r.pattern
  order by r.nth
  limit 1;
  if fault is null and weight > 12 then
    fault := format('is too complex: %s passes over the document, at most 12 ($ and operators count 1; @, ? and methods 2)', weight);
    return;
  end if;

  if fault is null then
    v_bare := hera_internal.blank(v_bare, format('\[ *(?:\*|%1$s(?: +to +%1$s)?) *\]', v_subscript));
    if position('[' in v_bare) > 0 then
      fault := 'may use the subscripts [*], [3], [last], [last - 1] and [0 to 9] alone';
      v_pattern := '\[';
    end if;
  end if;
  if fault is null then
    -- A constant stands alone: true in $.true, $.is_true or $."true" is a key.
    v_open := hera_internal.blank(v_bare, '(?:^|(?<=[ (&|!=<>,+*/%-]))(?<!\. *)' || v_constant || ' *' || v_operator);
    v_open := hera_internal.blank(v_open, v_operator || ' *' || v_constant);
    if v_open ~ v_operator then
      fault := 'compares two paths; one side must be a constant';
      v_bare := v_open;
      v_pattern := v_operator;
    end if;
  end if;
  -- Innermost parentheses first: what holds a $ stays one, everything else goes.
  while fault is null
  loop
    if v_bare ~ '\? *\([^()]*\$[^()]*\)' then
      fault := 'may not use $ within ? (…), only @';
      v_pattern := '\? *\([^()]*\$[^()]*\)';
    end if;
    v_open := hera_internal.blank(hera_internal.blank(v_bare, '\([^()$]*\)'), '\([^()]*\$[^()]*\)', '$');
    exit when fault is not null or v_open = v_bare;
    v_bare := v_open;
  end loop;
  if fault is not null then
    at_character := length((regexp_split_to_array(v_bare, v_pattern))[1]) + 1;
  end if;
end
$$;
comment on function hera_internal.path_fault(text) is 'Why a jsonpath is refused, at which character, and how many passes it makes.';
