-- Filters and paths of transforms that could run for seconds, or raise where no one is there to see it, are refused.
-- One claim serves all organizations, so a transform that raises there would stop everybody's deliveries.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_start constant timestamptz := clock_timestamp();
  v_path text;
begin
  foreach v_path in array array[
    '$.** == 1', '$.**{2} == 1', '$.**{1 to 9} == 1', '$.a like_regex "(a+)+$"', '$.a[*].b[*].c[*].d[*].e[*] == 1',
    -- A subscript list multiplies: 2 ^ 40 here, on any document.
    '$' || repeat('[0,0]', 40) || ' == 1', '$' || repeat('[0, last]', 20) || ' == 1',
    -- Two sequences compared, or one walked for each item of another: n * n.
    'exists($.a ? (@ == $.b))', '$.a[*] == $.b[*]', '$.a == $.b', 'exists($[*] ? (@ > $[*]))', 'exists($.a ? (@ > 1 && $.b > 2))', 'exists($.a ? (exists($.b ? (@ == 1))))',
    'exists($.a ? (exists(@.b ? (@ == $))))', '($.a[*]) > ($.b[*])', '- $.a > - $.b',
    -- Known only when it runs: an unknown variable, times with and without a zone.
    '$.a == $x', '$.a == 1 && $x == 2', '$.a == 1 && $"x" == 2', '$.a.datetime() < "2026-01-01".datetime()', 'exists($.a ? (@.datetime() > "2026-01-01".datetime()))', '$.a.datetime("YYYY") == 1',
    -- Written so that a reader of the text might miss it.
    '$.a like\x5fregex "x"', '$.a.date\u0074ime() == 1', '/*"*/ $.** == 1 /*"*/', '$.a.datetime/**/() == 1', '$.a . datetime () == 1', '$.true == $.b', '$. true == $.b', '$."x" == $.b', '$.a1 == $.b[*]',
    '$.a[$.b[*] + 1] == 1', '$.a[@ + 1] == 1', '$.a ? (@ == 1 || $.b == 1) == 1',
    '!' || repeat('(', 30) || '$.a == 1' || repeat(')', 30)]
  loop
    perform hera_test.raises(format('select hera_test.webhook(%L, %L)', a.organization, jsonb_build_object('filter', v_path)), 'PT400', 'webhook_config.invalid');
    -- In a template braces end the path, so nothing of it would run.
    continue when v_path ~ '[{}]';
    perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''UPDATE'', %L, p_webhook_id => %L)', a.admin, a.organization,
      jsonb_build_object('transform', jsonb_build_object('x', jsonb_build_array('{{' || v_path || '}}'))), v_webhook), 'PT400', 'webhook_config.invalid');
    perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''UPDATE'', %L, p_webhook_id => %L)', a.admin, a.organization,
      jsonb_build_object('transform', jsonb_build_object('x', 'text {{' || v_path || '}} text')), v_webhook), 'PT400', 'webhook_config.invalid');
  end loop;
  assert clock_timestamp() - v_start < interval '2 s', 'refused without being run';
end
$$;
rollback to clean;

-- What is allowed stays quick on the largest document.
do $$
declare
  a record;
  v_data jsonb := (select jsonb_build_object('a', jsonb_agg(i), 'b', jsonb_agg(jsonb_build_object('c', i))) from generate_series(1, 50000) i);
  v_filter text;
  v_start timestamptz;
begin
  foreach v_filter in array array['$.a > 100000', '$.a[*] == 50001', 'exists($.b[*] ? (@.c > 60000 || @.c < 0))', '$.b[*].c[*] == 60000', '$.a[0 to last] == -1', '!($.a == 0) && $.b.c == 0',
    '$.*[*].* == 0', '$.a.size() > 1', '$.a[last] - 1 > 5', '1 < $.b[0].c + 1']
  loop
    a := hera_test.organization('A');
    perform hera_test.webhook(a.organization, jsonb_build_object('filter', v_filter));
    v_start := clock_timestamp();
    perform hera_integration_event_in_v1(a.admin, a.organization, 's', 't', v_data);
    assert clock_timestamp() - v_start < interval '1 s', v_filter;
  end loop;
end
$$;
