-- Source, type, connector code and idempotency key: what is taken and what is not.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_integration_event_in_v1(%L, %L, ', a.admin, a.organization);
  v_name text;
begin
  foreach v_name in array array['a', 'A9', 'test-source', 'a.b:c/d_e-f', repeat('x', 128)]
  loop
    perform hera_integration_event_in_v1(a.admin, a.organization, v_name, v_name);
  end loop;
  foreach v_name in array array['', ' ', 'a b', '.a', '-a', '_a', 'a*', 'a"b', 'a\b', E'a\nb', E'a\n', 'ä', 'a%', 'a;b', repeat('x', 129), 'a,b', 'a{b}', chr(127)]
  loop
    perform hera_test.raises(v_call || format('%L, %L)', v_name, 't'), 'PT400', 'event.invalid');
    perform hera_test.raises(v_call || format('%L, %L)', 's', v_name), 'PT400', 'event.invalid');
  end loop;
  perform hera_test.raises(v_call || 'null, ''t'')', 'PT400', 'event.invalid');
  perform hera_test.raises(v_call || '''s'', null)', 'PT400', 'event.invalid');

  perform hera_integration_event_in_v1(a.admin, a.organization, 's', 't', '{}', null, repeat('ä', 255));
  perform hera_test.raises(v_call || format('%L, %L, p_idempotency_key => %L)', 's', 't', ''), 'PT400', 'event.invalid');
  perform hera_test.raises(v_call || format('%L, %L, p_idempotency_key => %L)', 's', 't', repeat('k', 256)), 'PT400', 'event.invalid');
  perform hera_test.raises(v_call || format('%L, %L, p_connector_code => %L)', 's', 't', ''), 'PT400', 'event.invalid');
  perform hera_test.raises(v_call || format('%L, %L, p_connector_code => %L)', 's', 't', repeat('c', 129)), 'PT400', 'event.invalid');
end
$$;
rollback to clean;

-- The topic matches whatever its case and signs; options that nothing reads are refused.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'', p_options => ', a.admin, a.organization);
begin
  perform hera_integration_event_in_v1(a.admin, a.organization, 's', 't', p_options => '{}');
  perform hera_test.raises(v_call || $q$'{"no_such": true}')$q$, 'PT400', 'options.unknown');
  perform hera_test.raises(v_call || $q$'[]')$q$, 'PT400', 'options.invalid');
  perform hera_test.raises(v_call || $q$'"x"')$q$, 'PT400', 'options.invalid');
end
$$;
