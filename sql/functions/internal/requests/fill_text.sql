-- hera_internal.fill_text: a text with each {{placeholder}} replaced by its value, which is not looked at again. Null where one has no value.
-- p_values: see hera_internal.request_values. p_place says what the text is for:
--   text    values as they are
--   url     values percent-encoded, but for vars and for one that the URL begins with: these are parts of a URL themselves
--   query   all is percent-encoded; the text of the template keeps the signs that a query may have, its values do not
create or replace function hera_internal.fill_text(p_text text, p_values jsonb, p_place text default 'text')
returns text
language plpgsql
immutable
as $$
declare
  v_pieces constant text[] := regexp_split_to_array(p_text, '\{\{[^{}]*\}\}');
  v_result text := case p_place when 'query' then hera_internal.url_encode(v_pieces[1], '!$''()*,:;/?@') else v_pieces[1] end;
  v_names constant text[] := array(select m[1] from regexp_matches(p_text, '\{\{([^{}]*)\}\}', 'g') m);
  v_name text;
  v_value text;
begin
  for i in 1 .. cardinality(v_names)
  loop
    v_name := btrim(split_part(v_names[i], '|', 1));
    v_value := hera_internal.filter_text(p_values ->> v_name, btrim(split_part(v_names[i], '|', 2)));
    if p_place = 'query' or p_place = 'url' and v_name not like 'vars.%' and v_result <> '' then
      v_value := hera_internal.url_encode(v_value);
    end if;
    v_result := v_result || v_value
      || case p_place when 'query' then hera_internal.url_encode(v_pieces[i + 1], '!$''()*,:;/?@') else v_pieces[i + 1] end;
  end loop;
  return v_result;
end
$$;
comment on function hera_internal.fill_text(text, jsonb, text) is 'Fills the placeholders of a text.';
