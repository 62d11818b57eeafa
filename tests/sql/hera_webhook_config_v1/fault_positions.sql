-- A fault in a filter or transform is told with its place: the character, counted from 1, and the JSON path within a transform.
do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('$.a ==', 5), ('$.a = 1', 5), ('$.a == 1 && $.b like_regex "x"', 17), ('$.a LIKE_REGEX "x"', 5), ('$.a == "** like_regex" && $.** == 1', 29),
      ('$."a b".c == $.d', 11), ('exists($.a[*] ? (@.x == 1 && $.b == 1))', 15), ('$.a[1,2] == 1', 4), ('$.x == 1 )', 10), ('$.a == 1 == 2', 10), ('$.a.datetime() == "x"', 5),
      ('$.a == $x', 8), ('$.a == "" /* x', 11), ('$.a[*].b[*].c[*].d[*].e[*] == 1', 25), (repeat('(', 20) || '($.a == 1', 21), (E'$.a\n== "x" && $.b\n== $.c', 19), ('x', 2), ('@ == 1', null), ('$.a', null)
    ) c (filter, at)
  loop
    assert hera_internal.filter_fault(v_case.filter) is not null, v_case.filter;
    assert substring(hera_internal.filter_fault(v_case.filter) from 'at character ([0-9]+)\)$')::int is not distinct from v_case.at, v_case.filter || ': ' || hera_internal.filter_fault(v_case.filter);
  end loop;
  for v_case in
    select * from (values
      ('{"a": "{{$.**}}"}', 'at $.a, character 5,'), ('[1, {"b c": "hi {{$.id}} and {{ $.data.** }}"}]', 'at $[1]."b c", character 27,'),
      ('{"a": {"b": ["x {{$.data. }} y"]}}', 'at $.a.b[0], character 13,'), ('{"x": "{{x y}}"}', 'at $.x, character'), ('{"x": "{{}}"}', 'at $.x, character 3,'),
      ('{"x": "{{$.a == $.b}}"}', 'at $.x, character 7,')
    ) c (transform, place)
  loop
    assert position(v_case.place in coalesce(hera_internal.transform_fault(v_case.transform::jsonb), '')) > 0, v_case.transform || coalesce(hera_internal.transform_fault(v_case.transform::jsonb), '');
  end loop;
end
$$;
