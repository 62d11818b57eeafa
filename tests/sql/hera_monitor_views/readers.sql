-- A reader sees the monitoring of the organizations assigned to the login, a DBA all of it; the database's own health is for DBAs.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_view text;
  n int;
begin
  perform hera_test.webhook(o, '{"rate_limit_per_second": 1, "retry_policy": {"max_attempts": 1}}') from unnest(array[a.organization, b.organization]) o;
  perform hera_test.set_clock(hera_internal.hour_of(hera_internal.now()) - interval '2 hours');
  perform hera_test.event(o) from unnest(array[a.organization, b.organization]) o;
  perform hera_test.deliver(200, 5);
  perform hera_test.move_clock('10 s');
  perform hera_test.event(o) from unnest(array[a.organization, b.organization]) o;
  perform hera_test.deliver(503, 5);
  perform hera_test.event(o) from unnest(array[a.organization, b.organization]) o;
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  select gen_random_uuid(), o, 'INTEGRATION_CONNECTOR_INSTALL', 'x', 'x', 'HERA.X1.Y1.v1', hera_test.system(), hera_test.system()
  from unnest(array[a.organization, b.organization]) o;
  perform hera_test.move_clock('3 minutes');
  perform hera_outbox_maintain_v1();
  create role hera_test_reader login in role hera_reader;
  create role hera_test_dba login in role hera_dba;
  insert into hera.reader_organizations values ('hera_test_reader', a.organization);

  foreach v_view in array array['events', 'deliveries', 'failures', 'dead_letters', 'backlog', 'connectors', 'rate_limits'] loop
    execute format('select count(*) from public.hera_monitor_%s', v_view) into n;
    assert n >= 2, v_view;
    set local session authorization hera_test_dba;
    execute format('select count(distinct organization_id) from public.hera_monitor_%s', v_view) into n;
    reset session authorization;
    assert n = 2, v_view;
    set local session authorization hera_test_reader;
    execute format('select count(distinct organization_id) from public.hera_monitor_%s', v_view) into n;
    assert n = 1, v_view;
    execute format('select count(*) from public.hera_monitor_%s where organization_id = %L', v_view, b.organization) into n;
    assert n = 0, v_view;
    reset session authorization;
  end loop;

  foreach v_view in array array['queues', 'partitions', 'snapshots'] loop
    set local session authorization hera_test_dba;
    execute format('select count(*) from public.hera_monitor_%s', v_view);
    reset session authorization;
    set local session authorization hera_test_reader;
    begin
      execute format('select count(*) from public.hera_monitor_%s', v_view);
      raise exception 'a reader reads %', v_view;
    exception
      when insufficient_privilege then null;
    end;
    reset session authorization;
  end loop;
end
$$;
rollback to clean;

-- The views say what the RPCs say.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
  v jsonb;
begin
  perform hera_test.set_clock(hera_internal.hour_of(hera_internal.now()) - interval '3 hours');
  for i in 1 .. 10 loop
    perform hera_test.event(a.organization);
    perform hera_test.deliver(case when i = 3 then 503 else 200 end, 10 * i);
  end loop;
  perform hera_test.move_clock('3 minutes');
  perform hera_outbox_maintain_v1();
  v := hera_monitor_deliveries_v1(a.admin, a.organization) #> '{deliveries,0}';
  assert (select to_jsonb(d) from hera_monitor_deliveries d) = v - 'status', v::text;
  v := hera_monitor_events_v1(a.admin, a.organization) #> '{events,0}';
  assert (select to_jsonb(e) - 'organization_id' from hera_monitor_events e) = v, v::text;
  assert (select (f.cause, f.attempts, f.retries) from hera_monitor_failures f) = ('503'::text, 1::bigint, 0::bigint);
  assert (select (d.status, d.reason, d.cause, d.deliveries) from hera_monitor_dead_letters d) = ('dlq'::text, 'attempts_exhausted'::text, '503'::text, 1::bigint);
end
$$;
