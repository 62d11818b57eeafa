-- public.hera_monitor_rate_limits: webhooks with a rate limit, and how often it put a delivery off.
create or replace view public.hera_monitor_rate_limits as
select w.organization_id, w.id as webhook_id, w.url, w.rate_limit_per_second, coalesce(b.put_off, 0) as put_off, b.last_put_off_at
from hera.webhooks w
left join hera.outbox_rate b on b.organization_id = w.organization_id and b.webhook_no = w.webhook_no
where w.rate_limit_per_second is not null;
grant select on public.hera_monitor_rate_limits to hera_dba, hera_reader;
comment on view public.hera_monitor_rate_limits is 'Rate-limited webhooks: how often a delivery was put off, ever.';
