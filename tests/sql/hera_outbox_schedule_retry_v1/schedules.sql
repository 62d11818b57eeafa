-- An operator sets when a waiting or dead delivery is tried next.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
begin
  perform hera_test.move_clock('0');
  assert hera_outbox_schedule_retry_v1(v_delivery, 3, (hera_internal.now() + interval '1 hour')::text);
  assert hera_test.send(200) = '{"claimed": 0}';
  perform hera_test.move_clock('1 hour');
  assert (select c.attempt from hera_outbox_claim_v1('w') c) = 4;
  perform hera_test.raises(format('select hera_outbox_schedule_retry_v1(%L, 1, ''2026-01-01'')', v_delivery), 'PT409', 'delivery.leased');
end
$$;
rollback to clean;

-- A time that is past is due now; the count of what is past due stays a number.
do $$
declare
  a record := hera_test.organization('A');
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), hera_test.webhook(a.organization));
  v_webhook uuid := hera_test.webhook(a.organization);
begin
  v_delivery := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  perform hera_outbox_schedule_retry_v1(v_delivery, 1, '2001-01-01T00:00:00Z');
  assert (hera_outbox_get_stats_v1() ->> 'oldest_past_due_seconds')::numeric >= 0;
  assert (select c.attempt from hera_outbox_claim_v1('w') c where c.delivery_id = v_delivery) = 2;
end
$$;
rollback to clean;

do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  v_call constant text := 'select hera_outbox_schedule_retry_v1(%L, %L, %L)';
  v_time text;
begin
  foreach v_time in array array['', 'soon', '2026-13-01', '2026-01-31 12:00 Nowhere/Else', 'infinity', '-infinity', '999999-01-01', '2026-02-30', (now() + interval '367 days')::text]
  loop
    perform hera_test.raises(format(v_call, v_delivery, 1, v_time), 'PT400', 'outbox.bad_time');
  end loop;
  perform hera_test.raises(format(v_call, v_delivery, 1, null::text), 'PT400', 'outbox.bad_time');
  perform hera_test.raises(format(v_call, v_delivery, -1, '2026-01-01'), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_delivery, 251, '2026-01-01'), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, v_delivery, null::text, '2026-01-01'), 'PT400', 'outbox.bad_attempts');
  perform hera_test.raises(format(v_call, gen_random_uuid(), 1, '2026-01-01'), 'PT404', 'not_found');
  assert hera_test.place(v_delivery) = 'ready';
end
$$;
