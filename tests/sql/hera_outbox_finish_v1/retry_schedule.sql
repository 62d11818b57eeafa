-- Retries: initial_delay_ms * backoff_factor ^ (attempt - 1), at most max_delay_ms, within 10 %; then a dead letter.
-- The bounds are written out here, not computed as the function does.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 6, "backoff_factor": 3, "initial_delay_ms": 2000, "max_delay_ms": 60000}}');
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  v_low interval[] := array['1.8 s', '5.4 s', '16.2 s', '48.6 s', '54 s'];
  v_high interval[] := array['2.2 s', '6.6 s', '19.8 s', '59.4 s', '66 s'];
  v_delay interval;
begin
  perform hera_test.move_clock('0');
  for n in 1 .. 5 loop
    assert hera_test.send(500) = '{"claimed": 1, "delivered": 0, "failed": 1, "dlq": 0, "lost": 0}', n::text;
    select s.due_at - hera_internal.now() into strict v_delay from hera.outbox_scheduled s where s.delivery_id = v_delivery and s.attempt = n + 1 and s.base_attempt = 0;
    assert v_delay between v_low[n] and v_high[n], format('attempt %s: %s', n, v_delay);
    perform hera_test.move_clock(v_delay - interval '1 ms');
    assert hera_test.send(500) = '{"claimed": 0}', 'not before it is due';
    perform hera_test.move_clock('1 ms');
  end loop;
  assert hera_test.send(503, p_retry_after_s => 1) = '{"claimed": 1, "delivered": 0, "failed": 0, "dlq": 1, "lost": 0}';
  assert (select (d.status, d.reason, d.attempts, d.last_status_code, d.created_at) from hera.dead_letters d where d.delivery_id = v_delivery)
    = ('dlq'::text, 'attempts_exhausted'::text, 6::smallint, 503::smallint, hera_internal.now());
  assert (select array_agg(t.attempt order by t.attempt) from hera.attempts t where t.delivery_id = v_delivery) = '{1,2,3,4,5,6}';
  perform hera_test.move_clock('10 days');
  assert hera_test.send(200) = '{"claimed": 0}';
end
$$;
rollback to clean;

-- The jitter is real: of many, not all come back at once.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
begin
  perform hera_test.event(a.organization) from generate_series(1, 50);
  perform hera_test.send(500);
  assert (select count(distinct s.due_at) from hera.outbox_scheduled s where s.organization_id = a.organization) > 40;
  assert (select max(s.due_at) - min(s.due_at) from hera.outbox_scheduled s where s.organization_id = a.organization) > interval '500 ms';
end
$$;
rollback to clean;

-- The extremes of the policy: no delay at all, and the largest factor.
do $$
declare
  a record := hera_test.organization('A');
  v_none uuid := hera_test.webhook(a.organization, '{"topics": ["none.*"], "retry_policy": {"max_attempts": 3, "initial_delay_ms": 0, "max_delay_ms": 0}}');
  v_much uuid := hera_test.webhook(a.organization, '{"topics": ["much.*"], "retry_policy": {"max_attempts": 50, "backoff_factor": 10, "initial_delay_ms": 86400000, "max_delay_ms": 604800000}}');
  v_delivery uuid;
begin
  perform hera_test.move_clock('0');
  perform hera_test.event(a.organization, 't', '{}', 'none');
  assert hera_test.send(500) @> '{"failed": 1}' and hera_test.send(500) @> '{"failed": 1}' and hera_test.send(500) @> '{"dlq": 1}';
  v_delivery := hera_test.delivery(hera_test.event(a.organization, 't', '{}', 'much'), v_much);
  for n in 1 .. 49 loop
    assert hera_test.send(500) @> '{"failed": 1}', n::text;
    assert (select s.due_at - hera_internal.now() from hera.outbox_scheduled s where s.delivery_id = v_delivery) <= interval '7.7 days';
    perform hera_test.move_clock('8 days');
  end loop;
  assert hera_test.send(500) @> '{"dlq": 1}';
end
$$;
