-- Volume by the hour of accepting, latency by the hour of the first delivery; the same from rows and from rollups.
do $$
declare
  a record := hera_test.organization('A');
  v_one uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"]}');
  v_two uuid := hera_test.webhook(a.organization, '{"topics": ["shop.both"]}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v_before jsonb;
  e jsonb;
begin
  -- Ten events that wait 1, 2, … 10 s and whose delivery takes 100 ms.
  for i in 1 .. 10 loop
    perform hera_test.set_clock(v_start + i * interval '1 minute');
    perform hera_test.event(a.organization, 'once');
    perform hera_test.move_clock(i * interval '1 s');
    perform hera_test.deliver(200, 100);
  end loop;
  -- One for two webhooks: it counts once. One that nobody wants. One that failed to be mapped.
  perform hera_test.set_clock(v_start + interval '20 minutes');
  perform hera_test.event(a.organization, 'both');
  perform hera_test.deliver(200, 100);
  perform hera_test.event(a.organization, 'nobody', '{}', 'pos');
  insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
  values (a.organization, hera_internal.new_id(hera_internal.now()), hera_internal.now(), a.admin, 0, 'failed', 'pos', 't', 'HERA.X1.Y1.v1', '{}');
  -- One that comes in during this hour and is delivered in the next.
  perform hera_test.set_clock(v_start + interval '50 minutes');
  perform hera_test.event(a.organization, 'once');
  perform hera_test.set_clock(v_start + interval '80 minutes');
  perform hera_test.deliver(200, 1000);

  v_before := hera_monitor_events_v1(a.admin, a.organization);
  assert jsonb_array_length(v_before -> 'events') = 3, v_before::text;
  e := v_before #> '{events,0}';
  assert e @> '{"event_source": "shop", "events": 0, "processed": 0, "failed": 0, "first_delivered": 1}' and (e ->> 'hour')::timestamptz = v_start + interval '1 hour', e::text;
  assert hera_test.near((e ->> 'latency_p50_ms')::numeric, 1801000), e::text;
  e := v_before #> '{events,1}';
  assert e @> '{"event_source": "shop", "events": 12, "processed": 12, "failed": 0, "first_delivered": 11}', e::text;
  assert hera_test.near((e ->> 'latency_p50_ms')::numeric, 5100) and hera_test.near((e ->> 'latency_p95_ms')::numeric, 10100), e::text;
  assert v_before #> '{events,2}' @> '{"event_source": "pos", "events": 2, "processed": 1, "failed": 1, "first_delivered": 0, "latency_p50_ms": null}';

  perform hera_outbox_maintain_v1();
  assert hera_monitor_events_v1(a.admin, a.organization) = v_before;
  delete from hera.attempts;
  delete from hera.events where created_at < v_start + interval '30 minutes';
  assert hera_monitor_events_v1(a.admin, a.organization) #> '{events,0}' = v_before #> '{events,1}', 'closed hours come from the rollup';
  assert hera_monitor_events_v1(a.admin, a.organization, '{"event_source": "pos"}') -> 'events' = jsonb_build_array(v_before #> '{events,2}');
  assert hera_monitor_events_v1(a.admin, a.organization, '{"event_source": "none"}') -> 'events' = '[]';
end
$$;
