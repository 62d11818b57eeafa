-- Days that nobody keeps are dropped whole; one with an open delivery stays, and loses its other rows.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "retry_policy": {"max_attempts": 1}}');
  v_day constant text := to_char(hera_internal.now() at time zone 'UTC', 'YYYYMMDD');
  v_event uuid := hera_test.event(a.organization, p_source => 'none');
  v_dead uuid;
  v jsonb;
begin
  perform hera_organization_v1(hera_test.system(), 'UPDATE', jsonb_build_object('id', hera_test.platform(), 'settings',
    '{"retention": {"events": 10, "attempts": 10}}'::jsonb));
  v_dead := hera_test.event(a.organization);
  perform hera_test.send(500);
  perform hera_test.move_clock('11 days');
  v := hera_outbox_maintain_v1();
  assert v -> 'success' = 'true', v::text;
  assert v #> '{partitions,dropped}' ? ('attempts_' || v_day) and not v #> '{partitions,dropped}' ? ('events_' || v_day), v::text;
  assert to_regclass('hera.attempts_' || v_day) is null and v #> '{retention,deleted}' = '{}', v::text;
  assert (v -> 'partitions_made')::int > 0 and v -> 'partitions_made' = v #> '{partitions,made}', v::text;
  -- A day later, what is not kept goes row by row.
  perform hera_test.move_clock('1 day');
  v := hera_outbox_maintain_v1();
  assert v #> '{retention,deleted}' = '{"events": 1}', v::text;
  assert not exists (select from hera.events e where e.id = v_event) and exists (select from hera.events e where e.id = v_dead);
  -- With the dead letter goes the day.
  delete from hera.dead_letters where organization_id = a.organization;
  v := hera_outbox_maintain_v1();
  assert v #> '{partitions,dropped}' ? ('events_' || v_day), v::text;
  assert to_regclass('hera.events_' || v_day) is null;
end
$$;

-- One organization that keeps for ever keeps every day.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
begin
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings', '{"retention": {"events": "forever"}}'::jsonb));
  perform hera_test.move_clock('30 days');
  v := hera_outbox_maintain_v1();
  assert not jsonb_path_exists(v, '$.partitions.dropped[*] ? (@ starts with "events")') and v -> 'success' = 'true', v::text;
end
$$;
