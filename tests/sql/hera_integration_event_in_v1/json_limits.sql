-- Event data: an object or array, at most 1 MiB as text, nested at most 64, numbers within 1e308.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'', ', a.admin, a.organization);
  v_pad constant text := repeat('x', 4000);
  v_data text;
begin
  foreach v_data in array array['{}', '[]', '{"a": null}', '[1, "x", true, null]',
    repeat('[', 64) || repeat(']', 64), repeat('{"a":', 64) || '1' || repeat('}', 64), repeat('[{"a":', 32) || '1' || repeat('}]', 32),
    '{"n": 1e308}', '{"n": -1e308}', '{"n": 1e-308}', '{"n": 0}', '{"n": 0e400}', '{"n": 12345678901234567890.123456789}',
    '{"n": ' || repeat('9', 300) || '}', '{"t": "1e131071"}', '{"a": {"b": "\u00e9\ud83d\ude00\n"}}',
    jsonb_build_object('t', repeat('x', 1048576 - 10))::text]
  loop
    perform hera_integration_event_in_v1(a.admin, a.organization, 's', 't', v_data::jsonb);
  end loop;

  foreach v_data in array array['null', '1', '"x"', 'true',
    repeat('[', 65) || '1' || repeat(']', 65), repeat('{"a":', 65) || '1' || repeat('}', 65), repeat('[', 1000) || '1' || repeat(']', 1000),
    '{"n": 1e309}', '{"n": -1e309}', '{"n": 1e-309}', '{"n": 1e131071}', '{"n": 1e-16000}', '[[[{"a": [1, 2, 1e400]}]]]',
    -- Among much else such a number is as wrong.
    format('{"p": "%s", "n": 1e309}', v_pad), format('{"p": "%s", "n": -1e309}', v_pad), format('{"p": "%s", "n": 1e-309}', v_pad),
    format('{"p": "%s", "n": [[1e2000]]}', v_pad)]
  loop
    perform hera_test.raises(v_call || format('%L)', v_data), 'PT400', 'event.invalid');
  end loop;
  perform hera_test.raises(v_call || 'null)', 'PT400', 'event.invalid');
  perform hera_test.raises(v_call || format('%L)', jsonb_build_object('t', repeat('x', 1048576 - 8))), 'PT413', 'event.invalid');
  perform hera_test.raises(v_call || format('%L)', jsonb_build_object('t', repeat('ä', 524288))), 'PT413', 'event.invalid');

  -- PostgreSQL itself refuses these; the host maps both classes.
  perform hera_test.raises(v_call || format('%L)', '{"a": "\u0000"}'), '22P05');
  perform hera_test.raises(v_call || format('%L)', repeat('[', 100000) || repeat(']', 100000)), '54001');
  perform hera_test.raises(v_call || format('%L)', '{"n": 1e131072}'), '22003');
  perform hera_test.raises(v_call || format('%L)', '{a: 1}'), '22P02');
end
$$;
