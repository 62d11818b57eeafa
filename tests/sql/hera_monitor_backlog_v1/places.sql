-- Each place that a delivery can stand in is counted where it stands, and the oldest that is due tells its age.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_plain uuid := hera_test.webhook(a.organization, '{"topics": ["plain.*"]}');
  v_fifo uuid := hera_test.webhook(a.organization, '{"topics": ["fifo.*"], "ordering": "fifo"}');
  v_other uuid := hera_test.webhook(b.organization);
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v jsonb;
begin
  perform hera_test.set_clock(v_start);
  v := hera_monitor_backlog_v1(a.admin, a.organization);
  assert v @> '{"pending": 0, "due": 0, "oldest_past_due_seconds": null, "organizations": [], "webhooks": []}', v::text;
  -- Three leased together with one of another organization; one of the three is given back as failed and is due in an hour.
  perform hera_test.event(a.organization, 't', '{}', 'plain') from generate_series(1, 3);
  perform hera_test.event(b.organization, 't', '{}', 'any');
  perform hera_outbox_claim_v1('w', 4);
  perform hera_outbox_finish_v1(array[l.id], l.delivery_ids[1:1], '{503}', '{1}', '{null}', '{null}', '{3600}') from hera.outbox_leases l;
  -- A fifo line of three, one a delivery ahead; two more plain ones; one of another organization, which is younger.
  perform hera_test.move_clock('10 s');
  perform hera_test.event(a.organization, 't', '{}', 'fifo') from generate_series(1, 3);
  perform hera_internal.fifo_wake();
  perform hera_test.move_clock('10 s');
  perform hera_test.event(a.organization, 't', '{}', 'plain') from generate_series(1, 2);
  perform hera_test.move_clock('10 s');
  perform hera_test.event(b.organization, 't', '{}', 'any');
  perform hera_test.move_clock('10 s');

  v := hera_monitor_backlog_v1(a.admin, a.organization);
  assert v @> '{"pending": 5, "waiting": 2, "in_flight": 2, "failed": 1, "delayed": 0, "due": 3, "oldest_past_due_seconds": 30}', v::text;
  assert v -> 'organizations' @> jsonb_build_array(jsonb_build_object('organization_id', a.organization, 'organization_name', 'A',
    'due', 3, 'pending', 5, 'in_flight', 2, 'failed', 1, 'delayed', 0, 'oldest_past_due_seconds', 30)) and jsonb_array_length(v -> 'organizations') = 1, v::text;
  assert v #> '{webhooks,0}' @> jsonb_build_object('webhook_id', v_plain, 'due', 2, 'pending', 2, 'waiting', 0, 'in_flight', 2, 'failed', 1,
    'oldest_past_due_seconds', 20), v::text;
  assert v #> '{webhooks,1}' @> jsonb_build_object('webhook_id', v_fifo, 'due', 1, 'pending', 3, 'waiting', 2, 'oldest_past_due_seconds', 30), v::text;
  -- The platform sees all; the one with the most due first.
  v := hera_monitor_backlog_v1(hera_test.system(), hera_test.platform(), '{"limit": 1}');
  assert v @> '{"pending": 6, "in_flight": 3, "due": 4, "oldest_past_due_seconds": 30}' and jsonb_array_length(v -> 'organizations') = 1
    and v #>> '{organizations,0,organization_id}' = a.organization::text, v::text;

  -- A retry is due at its time, and is the oldest then, though nothing else is.
  delete from hera.outbox_ready; delete from hera.outbox_fifo_wait;
  perform hera_test.set_clock(v_start + interval '61 minutes');
  v := hera_monitor_backlog_v1(a.admin, a.organization);
  assert v @> '{"failed": 1, "due": 1, "pending": 0}' and (v ->> 'oldest_past_due_seconds')::numeric between 59 and 61, v::text;
  assert hera_monitor_overview_v1(a.admin, a.organization) @> '{"alerts": ["failing"]}';
  perform hera_test.set_clock(v_start + interval '66 minutes');
  assert hera_monitor_overview_v1(a.admin, a.organization) -> 'alerts' = '["past_due", "failing"]';
end
$$;
