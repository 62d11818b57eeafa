-- public.hera_monitor_failures: attempts that failed, by hour, webhook and cause, as counted by the last maintenance.
create or replace view public.hera_monitor_failures as
select r.organization_id, r.hour, w.id as webhook_id, r.cause, sum(r.attempts) as attempts, sum(r.retries) as retries
from hera.delivery_rollup r
join hera.webhooks w on w.organization_id = r.organization_id and w.webhook_no = r.webhook_no
where r.cause not like '2__'
group by r.organization_id, r.hour, w.id, r.cause;
grant select on public.hera_monitor_failures to hera_dba, hera_reader;
comment on view public.hera_monitor_failures is
  'Failed attempts by hour (UTC), webhook and cause: a status code, or a machine code where no answer came.';
