-- What workers hold, the oldest first, and whether the time of it is over; platform admins alone see it.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v jsonb;
begin
  perform hera_test.webhook(a.organization);
  perform hera_test.webhook(b.organization);
  perform hera_test.move_clock('0');
  perform hera_test.event(a.organization) from generate_series(1, 2);
  perform hera_test.event(b.organization);
  perform hera_outbox_claim_v1('mill:17:' || repeat('0', 32), 10);
  perform hera_test.move_clock('1 s');
  perform hera_test.event(b.organization);
  perform hera_outbox_claim_v1('by-hand', 10);

  v := hera_monitor_workers_v1(hera_test.system(), hera_test.platform());
  assert v -> 'in_flight' = '4' and jsonb_array_length(v -> 'leases') = 2, v::text;
  assert v #> '{leases,0}' @> '{"host": "mill:17", "deliveries": 3, "organizations": 2, "is_over": false, "connected": false}', v::text;
  assert v #> '{leases,1}' @> '{"worker": "by-hand", "host": "by-hand", "deliveries": 1, "organizations": 1}', v::text;
  assert jsonb_array_length(hera_monitor_workers_v1(hera_test.system(), hera_test.platform(), '{"limit": 1}') -> 'leases') = 1;
  perform hera_test.move_clock('1 hour');
  assert hera_monitor_workers_v1(hera_test.system(), hera_test.platform()) #> '{leases,0,is_over}' = 'true';

  perform hera_test.raises(format('select hera_monitor_workers_v1(%L, %L)', a.admin, a.organization), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_monitor_workers_v1(%L, %L)', a.admin, hera_test.platform()), 'PT403', 'actor_not_member');
  perform hera_test.raises(format('select hera_monitor_workers_v1(%L, %L)', hera_test.system(), a.organization), 'PT400', 'guardrail_violation:ORG_FILTER_MISMATCH');
  perform hera_test.raises(format('select hera_monitor_workers_v1(%L, %L, ''{"x": 1}'')', hera_test.system(), hera_test.platform()), 'PT400', 'filter.unknown');
end
$$;
