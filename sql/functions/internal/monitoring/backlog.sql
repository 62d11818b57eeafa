-- hera_internal.backlog: what has not come to its end, by webhook. The place that a delivery stands in is its status.
--   due        could be sent now: ready, and scheduled for a time that is past
--   oldest     since when: a first attempt is due when its event came in, which its id tells; of those of a webhook the first that
--              became ready is taken, so that no million ids is read. A retry is due at its time; once promoted that is forgotten.
create or replace function hera_internal.backlog(p_organization_id uuid, p_now timestamptz)
returns setof hera_internal.backlog
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with ready as (
    select r.organization_id, hera_internal.delivery_webhook_no(r.delivery_id) as webhook_no, count(*) as deliveries,
      min(r.position) filter (where r.attempt = 1) as head
    from hera.outbox_ready r
    where p_organization_id is null or r.organization_id = p_organization_id
    group by 1, 2
  ), place as (
    select r.organization_id, r.webhook_no, r.deliveries as pending, 0::bigint as waiting, 0::bigint as in_flight, 0::bigint as failed,
      0::bigint as delayed, r.deliveries as due, hera_internal.id_time(h.delivery_id) as oldest
    from ready r
    left join hera.outbox_ready h on h.position = r.head
    union all
    select f.organization_id, f.webhook_no, count(*), count(*), 0, 0, 0, 0, null
    from hera.outbox_fifo_wait f
    where p_organization_id is null or f.organization_id = p_organization_id
    group by 1, 2
    union all
    select s.organization_id, hera_internal.delivery_webhook_no(s.delivery_id), 0, 0, 0,
      count(*) filter (where s.attempt > 1), count(*) filter (where s.attempt = 1),
      count(*) filter (where s.due_at <= p_now), min(s.due_at) filter (where s.due_at <= p_now)
    from hera.outbox_scheduled s
    where p_organization_id is null or s.organization_id = p_organization_id
    group by 1, 2
    union all
    select m.organization_id, hera_internal.delivery_webhook_no(m.delivery_id), 0, 0, count(*), 0, 0, 0, null
    from hera.outbox_leases l
    cross join unnest(l.organization_ids, l.delivery_ids) as m (organization_id, delivery_id)
    where p_organization_id is null or m.organization_id = p_organization_id
    group by 1, 2
  )
  select p.organization_id, p.webhook_no, sum(p.pending)::bigint, sum(p.waiting)::bigint, sum(p.in_flight)::bigint,
    sum(p.failed)::bigint, sum(p.delayed)::bigint, sum(p.due)::bigint, min(least(p.oldest, p_now))
  from place p
  group by p.organization_id, p.webhook_no;
end
$$;
grant execute on function hera_internal.backlog(uuid, timestamptz) to hera_worker_owner;
comment on function hera_internal.backlog(uuid, timestamptz) is 'Deliveries under way by webhook.';
