-- public.hera_monitor_dead_letters: what stands among the dead letters now, by webhook and cause.
create or replace view public.hera_monitor_dead_letters as
select d.organization_id, w.id as webhook_id, d.status, d.reason, coalesce(d.last_status_code::text, d.last_error) as cause,
  count(*) as deliveries, min(d.created_at) as oldest, max(d.created_at) as newest
from hera.dead_letters d
join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
group by d.organization_id, w.id, d.status, d.reason, 5;
grant select on public.hera_monitor_dead_letters to hera_dba, hera_reader;
comment on view public.hera_monitor_dead_letters is 'Dead letters by webhook and cause.';
