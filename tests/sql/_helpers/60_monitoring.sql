-- hera_test.set_clock: stop the clock at a moment, until this transaction is rolled back.
create function hera_test.set_clock(p_at timestamptz) returns timestamptz
language sql
return set_config('hera_test.now', p_at::text, true)::timestamptz;

-- hera_test.deliver: claim all that is due and report each after p_duration_ms, on the stopped clock. Answers how many.
create function hera_test.deliver(p_status int, p_duration_ms int, p_error text default null) returns int
language plpgsql
as $$
declare
  v_leases bigint[];
  v_deliveries uuid[];
  n int;
begin
  select array_agg(c.lease_id), array_agg(c.delivery_id), count(*) into v_leases, v_deliveries, n
  from hera_outbox_claim_v1('test', 1000) c;
  if n > 0 then
    perform hera_test.move_clock(p_duration_ms * interval '1 ms');
    perform hera_outbox_finish_v1(v_leases, v_deliveries, array_fill(p_status, array[n]), array_fill(p_duration_ms, array[n]),
      array_fill(null::text, array[n]), array_fill(p_error, array[n]), array_fill(null::int, array[n]));
  end if;
  return n;
end
$$;

-- hera_test.near: is a percentile of a histogram within 10 % of the true one?
create function hera_test.near(p_figure numeric, p_true numeric) returns boolean
language sql immutable
return p_figure between p_true / 1.1 and p_true * 1.1;

-- hera_test.rollup_faults: where a rollup says something else than a count of the rows, from p_from to where the rollups end. Counted in
-- its own way.
create function hera_test.rollup_faults(p_from timestamptz) returns table (what text, row_json jsonb)
language sql
as $$
  with raw_attempts as (
    select a.organization_id, date_trunc('hour', a.started_at, 'UTC') as hour, w.webhook_no, coalesce(a.status_code::text, a.error) as cause,
      count(*) as attempts, sum((a.attempt > 1)::int) as retries
    from hera.attempts a
    join hera.webhooks w on w.organization_id = a.organization_id
      and hera_internal.delivery_id(hera_internal.delivery_event_id(a.delivery_id), w.webhook_no) = a.delivery_id
    where a.started_at >= p_from and a.started_at < (select s.complete_before from hera.rollup_state s)
    group by 1, 2, 3, 4
  ), counted_attempts as (
    select r.organization_id, r.hour, r.webhook_no, r.cause, sum(r.attempts) as attempts, sum(r.retries) as retries
    from hera.delivery_rollup r where r.hour >= p_from group by 1, 2, 3, 4
  ), raw_events as (
    select e.organization_id, date_trunc('hour', e.created_at, 'UTC') as hour, e.event_source, e.status, count(*) as events
    from hera.events e where e.created_at >= p_from and e.created_at < (select s.complete_before from hera.rollup_state s) group by 1, 2, 3, 4
  ), counted_events as (
    select r.organization_id, r.hour, r.event_source, r.status, r.events::bigint from hera.event_rollup r where r.hour >= p_from
  ), first_delivered as (
    select e.organization_id, e.event_source, f.started_at
    from hera.events e
    cross join lateral (
      select a.started_at from hera.attempts a
      where a.status_code between 200 and 299 and hera_internal.delivery_event_id(a.delivery_id) = e.id
      order by a.started_at limit 1) f
  ), raw_latencies as (
    select f.organization_id, date_trunc('hour', f.started_at, 'UTC') as hour, f.event_source, count(*) as events
    from first_delivered f
    where f.started_at >= p_from and f.started_at < (select s.complete_before from hera.rollup_state s) group by 1, 2, 3
  ), counted_latencies as (
    select r.organization_id, r.hour, r.event_source, sum(r.events) as events
    from hera.latency_rollup r where r.hour >= p_from group by 1, 2, 3
  )
  select 'attempts missing', to_jsonb(x) from (select * from raw_attempts except select * from counted_attempts) x
  union all select 'attempts invented', to_jsonb(x) from (select * from counted_attempts except select * from raw_attempts) x
  union all select 'events missing', to_jsonb(x) from (select * from raw_events except select * from counted_events) x
  union all select 'events invented', to_jsonb(x) from (select * from counted_events except select * from raw_events) x
  union all select 'latencies missing', to_jsonb(x) from (select * from raw_latencies except select * from counted_latencies) x
  union all select 'latencies invented', to_jsonb(x) from (select * from counted_latencies except select * from raw_latencies) x;
$$;
