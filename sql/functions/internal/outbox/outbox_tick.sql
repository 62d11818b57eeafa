-- hera_internal.outbox_tick: what time does to the outbox: expired leases come back, due retries become ready, idle fifo lines
-- wake. Bounded, so that a claim stays short; what is left comes with the next tick. Skips what another worker is at.
create or replace function hera_internal.outbox_tick(p_now timestamptz)
returns void
language plpgsql
volatile
as $$
declare
  v_lease hera.outbox_leases;
  v_count int;
  v_batch hera_internal.outbox_batch;
  v_results hera_internal.outbox_results;
begin
  for v_lease in
    delete from hera.outbox_leases l
    where l.id = any (array(
      select x.id from hera.outbox_leases x where x.leased_until < p_now order by x.id limit 20 for update skip locked))
    returning l.*
  loop
    v_count := cardinality(v_lease.delivery_ids);
    v_batch := row(v_lease.organization_ids, v_lease.delivery_ids, v_lease.attempts, v_lease.base_attempts);
    v_results := row(array_fill(null::int, array[v_count]),
      array_fill(least(2147483647, extract(epoch from p_now - v_lease.leased_at) * 1000)::int, array[v_count]),
      array_fill(null::text, array[v_count]), array_fill('lease_lost'::text, array[v_count]), array_fill(null::int, array[v_count]));
    if v_lease.has_calls then
      perform hera_internal.settle_batch(v_batch, v_results, null, p_now);
    else
      perform hera_internal.settle(v_batch, v_results, p_now);
    end if;
  end loop;

  with due as materialized (
    select s.ctid as place
    from hera.outbox_scheduled s
    where s.due_at <= p_now
    order by s.due_at
    limit 2000
    for update skip locked
  ), taken as (
    delete from hera.outbox_scheduled s where s.ctid = any (array(select place from due))
    returning s.organization_id, s.delivery_id, s.attempt, s.base_attempt, s.due_at
  )
  insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
  select t.organization_id, t.delivery_id, t.attempt, t.base_attempt from taken t order by t.due_at;

  perform hera_internal.fifo_wake();
end
$$;
grant execute on function hera_internal.outbox_tick(timestamptz) to hera_worker_owner;
comment on function hera_internal.outbox_tick(timestamptz) is 'Expired leases, due retries, idle fifo lines.';
