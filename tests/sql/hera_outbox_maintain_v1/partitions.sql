-- A partition a day, from yesterday to 14 days ahead; running again makes none.
do $$
declare
  v_day date := (hera_internal.now() at time zone 'UTC')::date;
begin
  perform hera_outbox_maintain_v1();
  assert hera_outbox_maintain_v1() @> '{"success": true, "partitions_made": 0}';
  for n in -1 .. 14 loop
    assert to_regclass(format('hera.events_%s', to_char(v_day + n, 'YYYYMMDD'))) is not null and to_regclass(format('hera.attempts_%s', to_char(v_day + n, 'YYYYMMDD'))) is not null, n::text;
  end loop;
end
$$;
rollback to clean;

-- A maintenance that was missed loses nothing: rows fall into the default partition and are moved when the day's is made.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_before uuid;
  v_event uuid;
  v_day text;
  v_parent text;
begin
  v_before := hera_test.event(a.organization);
  perform hera_test.move_clock('100 days');
  v_event := hera_test.event(a.organization, 'late', '{"n": 1}');
  v_day := to_char(hera_internal.now() at time zone 'UTC', 'YYYYMMDD');
  perform hera_test.send(200);
  assert (select e.tableoid::regclass::text from hera.events e where e.id = v_event) = 'hera.events_default';
  assert (select count(*) from hera.attempts_default) = 2;
  assert hera_webhook_logs_v1(a.admin, a.organization) #>> '{logs,0,event_id}' = v_event::text, 'they are read all the same';

  -- Maintenance is no tenant's.
  perform set_config('hera.organization_id', '', true);
  assert (hera_outbox_maintain_v1() ->> 'partitions_made')::int = 48;
  assert (select e.tableoid::regclass::text from hera.events e where e.id = v_event) = 'hera.events_' || v_day;
  assert (select count(*) from hera.attempts_default) = 0 and (select count(*) from hera.events_default) = 0;
  assert (select array_agg(distinct t.tableoid::regclass::text) from hera.attempts t where t.organization_id = a.organization) = array['hera.attempts_' || v_day];
  assert (select count(*) from hera.events e where e.organization_id = a.organization) = 2;
  assert jsonb_array_length(hera_integration_event_list_v1(a.admin, a.organization) -> 'events') = 2;
  -- The new ones are as protected as the others.
  foreach v_parent in array array['events_default', 'attempts_default', 'events_' || v_day, 'attempts_' || v_day]
  loop
    assert (select c.relrowsecurity and c.relforcerowsecurity from pg_class c where c.oid = ('hera.' || v_parent)::regclass), v_parent;
    assert not has_table_privilege('hera_reader', 'hera.' || v_parent, 'select') and not has_table_privilege('hera_api', 'hera.' || v_parent, 'select'), v_parent;
  end loop;
end
$$;
rollback to clean;

-- Rows just before and after midnight UTC go to their own day, whatever the session's time zone.
do $$
declare
  a record := hera_test.organization('A');
  v_midnight timestamptz := (date_trunc('day', hera_internal.now() at time zone 'UTC') + interval '1 day') at time zone 'UTC';
  v_before uuid;
  v_after uuid;
begin
  perform set_config('timezone', 'Pacific/Kiritimati', true);
  perform hera_test.move_clock(v_midnight - interval '1 ms' - hera_internal.now());
  perform set_config('hera_test.now', (v_midnight - interval '1 microsecond')::text, true);
  v_before := hera_test.event(a.organization);
  perform set_config('hera_test.now', v_midnight::text, true);
  v_after := hera_test.event(a.organization);
  assert (select array_agg(right(e.tableoid::regclass::text, 8) order by e.id) from hera.events e where e.id in (v_before, v_after))
    = array[to_char(v_midnight at time zone 'UTC' - interval '1 day', 'YYYYMMDD'), to_char(v_midnight at time zone 'UTC', 'YYYYMMDD')];
end
$$;
