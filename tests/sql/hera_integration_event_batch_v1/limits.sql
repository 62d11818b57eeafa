-- 1 to 1,000 items; the whole call is refused otherwise.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_integration_event_batch_v1(%L, %L, ', a.admin, a.organization);
  v_events jsonb := (select jsonb_agg(jsonb_build_object('event_source', 's', 'event_type', 't', 'idempotency_key', 'k' || i)) from generate_series(1, 1000) i);
begin
  assert hera_integration_event_batch_v1(a.admin, a.organization, v_events) @> '{"success": true, "accepted": 1000}';
  assert hera_integration_event_batch_v1(a.admin, a.organization, v_events) @> '{"success": true, "accepted": 0, "duplicates": 1000}';
  perform hera_test.raises(v_call || format('%L)', v_events || '{}'::jsonb), 'PT400', 'events.invalid');
  perform hera_test.raises(v_call || '''[]'')', 'PT400', 'events.invalid');
  perform hera_test.raises(v_call || '''{}'')', 'PT400', 'events.invalid');
  perform hera_test.raises(v_call || '''"x"'')', 'PT400', 'events.invalid');
  perform hera_test.raises(v_call || 'null)', 'PT400', 'events.invalid');
  perform hera_test.raises(v_call || '''[{}]'', ''{"x": 1}'')', 'PT400', 'options.unknown');
  perform hera_test.raises(v_call || '''[{}]'', null)', 'PT400', 'options.invalid');
  perform hera_test.raises(format('select hera_integration_event_batch_v1(%L, %L, ''[{}]'')', gen_random_uuid(), a.organization), 'PT403', 'actor_not_member');
  assert (select count(*) from hera.events where organization_id = a.organization) = 1000;
end
$$;
