-- hera_outbox_get_stats_v1: the state of the outbox in numbers.
-- The number to alert on is oldest_past_due_seconds: how long the delivery that is most overdue has been due. A first attempt is due
-- when its event came in, which its id tells; a promoted retry counts from then too only while it is scheduled.
create or replace function public.hera_outbox_get_stats_v1()
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_now timestamptz := hera_internal.now();
begin
  return jsonb_build_object(
    'success', true,
    'pending', (select count(*) from hera.outbox_ready) + (select count(*) from hera.outbox_fifo_wait),
    'in_flight', (select coalesce(sum(cardinality(l.delivery_ids)), 0) from hera.outbox_leases l),
    'failed', (select count(*) from hera.outbox_scheduled s where s.attempt > 1),
    'delayed', (select count(*) from hera.outbox_scheduled s where s.attempt = 1),
    'delivered', (select count(*) from hera.attempts t where t.started_at > v_now - interval '24 hours' and t.status_code between 200 and 299),
    'attempts', (select count(*) from hera.attempts t where t.started_at > v_now - interval '24 hours'),
    'window_hours', 24)
    || (select jsonb_build_object(
        'dlq', count(*) filter (where d.status = 'dlq'), 'cancelled', count(*) filter (where d.status = 'cancelled'),
        'disabled', count(*) filter (where d.status = 'disabled'), 'blocked', count(*) filter (where d.status = 'blocked'))
      from hera.dead_letters d)
    || jsonb_build_object('oldest_past_due_seconds', (
      select round(extract(epoch from v_now - min(least(v_now, due.at))), 3)
      from (
        (select hera_internal.id_time(r.delivery_id) as at from hera.outbox_ready r where r.attempt = 1 order by r.position limit 1)
        union all
        select min(s.due_at) from hera.outbox_scheduled s where s.due_at <= v_now) due
      where due.at is not null));
end
$$;
revoke all on function public.hera_outbox_get_stats_v1() from public;
grant execute on function public.hera_outbox_get_stats_v1() to hera_worker, hera_dba;
comment on function public.hera_outbox_get_stats_v1() is
$doc$Counts of deliveries by status: {success, pending, in_flight, failed (retry due later), delayed (by a rate limit), delivered and attempts
(of the last window_hours), dlq, cancelled, disabled, blocked, oldest_past_due_seconds (null when nothing is due)}.

select hera_outbox_get_stats_v1();$doc$;
