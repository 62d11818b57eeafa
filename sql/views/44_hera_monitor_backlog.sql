-- public.hera_monitor_backlog: deliveries that have not come to their end, by webhook. What is leased spans organizations, so that
-- in_flight is null for readers of some organizations only.
create or replace view public.hera_monitor_backlog as
with place as (
  select r.organization_id, hera_internal.delivery_webhook_no(r.delivery_id) as webhook_no, 'pending' as place,
    case when r.attempt = 1 then hera_internal.id_time(r.delivery_id) end as due_at, true as due
  from hera.outbox_ready r
  union all
  select f.organization_id, f.webhook_no, 'waiting', null, false
  from hera.outbox_fifo_wait f
  union all
  select s.organization_id, hera_internal.delivery_webhook_no(s.delivery_id), case when s.attempt > 1 then 'failed' else 'delayed' end,
    case when s.due_at <= clock_timestamp() then s.due_at end, s.due_at <= clock_timestamp()
  from hera.outbox_scheduled s
  union all
  select m.organization_id, hera_internal.delivery_webhook_no(m.delivery_id), 'in_flight', null, false
  from hera.outbox_leases l
  cross join unnest(l.organization_ids, l.delivery_ids) as m (organization_id, delivery_id)
)
select p.organization_id, w.id as webhook_id, w.url, w.status, count(*) filter (where p.due) as due,
  count(*) filter (where p.place in ('pending', 'waiting')) as pending, count(*) filter (where p.place = 'waiting') as waiting,
  case when (select hera_internal.reads_all()) then count(*) filter (where p.place = 'in_flight') end as in_flight,
  count(*) filter (where p.place = 'failed') as failed, count(*) filter (where p.place = 'delayed') as delayed,
  round(extract(epoch from clock_timestamp() - min(p.due_at)), 3) as oldest_past_due_seconds
from place p
join hera.webhooks w on w.organization_id = p.organization_id and w.webhook_no = p.webhook_no
group by p.organization_id, w.id, w.url, w.status;
grant select on public.hera_monitor_backlog to hera_dba, hera_reader;
comment on view public.hera_monitor_backlog is 'Deliveries under way by webhook, and since when the oldest is due.';
