-- Attempts by hour and webhook: counts, classes and percentiles are those of the rows, whether an hour is counted now or was rolled up,
-- and rolled-up hours are read from the rollup.
do $$
declare
  a record := hera_test.organization('A');
  v_one uuid := hera_test.webhook(a.organization, '{"topics": ["one.*"]}');
  v_two uuid := hera_test.webhook(a.organization, '{"topics": ["two.*"], "retry_policy": {"max_attempts": 2, "initial_delay_ms": 1000}}');
  v_start timestamptz := hera_internal.hour_of(hera_internal.now()) - interval '6 hours';
  v_before jsonb;
  v jsonb;
  d jsonb;
  n int;
begin
  -- In the first hour 40 attempts of 1, 2, 4, 9, … ms to one, of which every fifth fails for good by 410-free codes.
  perform hera_test.set_clock(v_start + interval '1 minute');
  for i in 1 .. 40 loop
    perform hera_test.event(a.organization, 't', '{}', 'one');
    perform hera_test.deliver(case when i % 10 = 0 then 404 when i % 10 = 5 then null when i = 17 then 302 else 201 end, i * i,
      case when i % 10 = 5 then 'timeout' end);
    delete from hera.outbox_scheduled;
  end loop;
  -- Two fails and is tried again in the next hour.
  perform hera_test.event(a.organization, 't', '{}', 'two');
  perform hera_test.deliver(500, 100);
  perform hera_test.set_clock(v_start + interval '61 minutes');
  n := hera_test.deliver(200, 50);
  assert n = 1;
  perform hera_test.set_clock(v_start + interval '90 minutes');

  v_before := hera_monitor_deliveries_v1(a.admin, a.organization);
  assert (v_before ->> 'until')::timestamptz = v_start + interval '2 hours' and (v_before ->> 'since')::timestamptz = v_start - interval '22 hours';
  assert jsonb_array_length(v_before -> 'deliveries') = 3, v_before::text;
  d := v_before -> 'deliveries' -> 0;
  assert d @> jsonb_build_object('webhook_id', v_two, 'attempts', 1, 'delivered', 1, 'retries', 1, 'success_rate', 1, 'organization_id', a.organization), d::text;
  assert (d ->> 'hour')::timestamptz = v_start + interval '1 hour';
  d := v_before -> 'deliveries' -> 1;
  assert d @> jsonb_build_object('webhook_id', v_one, 'attempts', 40, 'delivered', 31, 'retries', 0, 'status_2xx', 31, 'status_3xx', 1, 'status_4xx', 4,
    'status_5xx', 0, 'no_answer', 4, 'success_rate', 0.775, 'url', 'https://example.com/hook', 'status', 'active'), d::text;
  assert hera_test.near((d ->> 'duration_p50_ms')::numeric, 20 * 20) and hera_test.near((d ->> 'duration_p95_ms')::numeric, 38 * 38), d::text;
  assert v_before -> 'deliveries' -> 2 @> jsonb_build_object('webhook_id', v_two, 'attempts', 1, 'delivered', 0, 'status_5xx', 1, 'retries', 0);
  assert (v_before #>> '{hours,1}')::jsonb @> '{"attempts": 41, "delivered": 31, "retries": 0, "success_rate": 0.7561}', v_before::text;

  perform hera_outbox_maintain_v1();
  assert hera_monitor_deliveries_v1(a.admin, a.organization) = v_before, 'rolled up, the same';
  perform hera_test.set_clock(v_start + interval '119 minutes');
  perform hera_outbox_maintain_v1();
  delete from hera.attempts;
  assert hera_monitor_deliveries_v1(a.admin, a.organization) = v_before, 'what was counted comes from the rollup';
  perform hera_test.event(a.organization, 't', '{}', 'two');
  perform hera_test.deliver(200, 50);
  v := hera_monitor_deliveries_v1(a.admin, a.organization);
  assert v -> 'deliveries' -> 0 @> jsonb_build_object('webhook_id', v_two, 'attempts', 2, 'delivered', 2, 'retries', 1), 'and what came since, from the rows';
  assert v -> 'deliveries' -> 1 = v_before -> 'deliveries' -> 1 and v #> '{hours,0,attempts}' = '2', v::text;

  -- The filter.
  v := hera_monitor_deliveries_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_two));
  assert jsonb_array_length(v -> 'deliveries') = 2 and v #>> '{deliveries,0,webhook_id}' = v_two::text and v #> '{hours,0,attempts}' = '2', v::text;
  assert jsonb_array_length(hera_monitor_deliveries_v1(a.admin, a.organization, '{"limit": 1}') -> 'deliveries') = 1;
  assert hera_monitor_deliveries_v1(a.admin, a.organization, jsonb_build_object('since', v_start + interval '1 hour')) -> 'deliveries' = jsonb_build_array(v -> 'deliveries' -> 0);
  assert hera_monitor_deliveries_v1(a.admin, a.organization, jsonb_build_object('until', v_start)) -> 'deliveries' = '[]';
  assert jsonb_array_length(hera_monitor_deliveries_v1(a.admin, a.organization, jsonb_build_object(
    'since', v_start + interval '10 minutes', 'until', v_start + interval '11 minutes')) -> 'deliveries') = 2, 'whole hours';
end
$$;
rollback to clean;

-- What the filter refuses.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_foreign uuid := hera_test.webhook(b.organization);
  v_call text := format('select hera_monitor_deliveries_v1(%L, %L, %%L)', a.admin, a.organization);
begin
  perform hera_test.raises(format(v_call, '{"webhook": 1}'), 'PT400', 'filter.unknown');
  perform hera_test.raises(format(v_call, '[]'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"since": "yesterdayish"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"since": "infinity"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"since": "-infinity"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"until": "infinity"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"since": "2026-01-02T00:00:00Z", "until": "2026-01-02T00:00:00Z"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"since": "2026-01-01T00:00:00Z", "until": "2026-05-01T00:00:00Z"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"since": "-4800-01-01T00:00:00Z"}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"limit": 0}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"limit": 1001}'), 'PT400', 'filter.invalid');
  perform hera_test.raises(format(v_call, '{"webhook_id": "x"}'), 'PT400', 'field.invalid');
  perform hera_test.raises(format(v_call, jsonb_build_object('webhook_id', v_foreign)), 'PT404', 'not_found');
  perform hera_test.raises(format(v_call, jsonb_build_object('webhook_id', gen_random_uuid())), 'PT404', 'not_found');
  perform hera_test.raises(replace(format(v_call, jsonb_build_object('webhook_id', v_foreign)), 'deliveries', 'webhooks'), 'PT404', 'not_found');
  perform hera_test.raises(replace(format(v_call, jsonb_build_object('webhook_id', v_foreign)), 'deliveries', 'failures'), 'PT404', 'not_found');
  perform hera_test.raises(replace(format(v_call, jsonb_build_object('webhook_id', v_foreign)), 'deliveries', 'events'), 'PT400', 'filter.unknown');
end
$$;
