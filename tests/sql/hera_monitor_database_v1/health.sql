-- Queues, partitions, rollups and connections are what they are.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v jsonb;
begin
  perform hera_test.event(a.organization) from generate_series(1, 3);
  perform hera_outbox_claim_v1('w', 1);
  perform hera_outbox_maintain_v1();
  v := hera_monitor_database_v1(hera_test.system(), hera_test.platform());
  assert (select array_agg(k order by k) from jsonb_object_keys(v) k) = array['bytes', 'connections', 'partitions', 'queues', 'rollups', 'snapshots', 'success'], v::text;
  assert (select jsonb_object_agg(q ->> 'table_name', q -> 'row_count') from jsonb_array_elements(v -> 'queues') q)
    @> '{"outbox_ready": 2, "outbox_leases": 1, "outbox_scheduled": 0, "outbox_fifo_wait": 0, "outbox_fifo_lane": 0}', v::text;
  assert (select bool_and((p ->> 'days_ahead')::int = 14 and not (p ->> 'default_holds_rows')::boolean and (p ->> 'partitions')::int >= 16)
    and count(*) = 3 from jsonb_array_elements(v -> 'partitions') p), v::text;
  assert (v #>> '{rollups,counted_at}')::timestamptz > now() - interval '1 minute' and (v #>> '{connections,total}')::int >= 0
    and (v #>> '{connections,complete}')::boolean, v::text;
  perform hera_test.move_clock('30 days');
  perform hera_test.event(a.organization);
  v := hera_monitor_database_v1(hera_test.system(), hera_test.platform(), '{"limit": 1}');
  assert (select (p ->> 'default_holds_rows')::boolean and (p ->> 'days_ahead')::int = -16 from jsonb_array_elements(v -> 'partitions') p where p ->> 'table_name' = 'events'), v::text;
  assert (select row_count from hera_monitor_queues where table_name = 'outbox_ready') = 3;
  assert (select count(*) from hera_monitor_partitions) = 3;
  perform from hera_monitor_snapshots;
  perform hera_test.raises(format('select hera_monitor_database_v1(%L, %L)', hera_test.system(), a.organization), 'PT400',
    'guardrail_violation:ORG_FILTER_MISMATCH');
end
$$;
