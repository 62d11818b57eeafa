-- hera_internal.delivery_figures: attempts by webhook, by hour too where p_hourly; of the newest hours, the webhooks with the most
-- attempts first, p_max_rows of them: percentiles cost too much to find them for rows that nobody sees.
create or replace function hera_internal.delivery_figures(
  p_organization_id uuid, p_filter hera_internal.monitor_filter, p_hourly boolean, p_max_rows int)
returns setof hera_internal.delivery_figures
language plpgsql
stable
as $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
begin
  return query
  with counted as materialized (
    select case when p_hourly then r.hour else p_filter.since end as hour, r.organization_id, r.webhook_no, r.duration_bucket,
      sum(r.attempts)::int as attempts, sum(r.retries)::int as retries,
      sum(r.attempts) filter (where r.cause like '2__') as s2, sum(r.attempts) filter (where r.cause like '3__') as s3,
      sum(r.attempts) filter (where r.cause like '4__') as s4, sum(r.attempts) filter (where r.cause like '5__') as s5
    from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
    where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
    group by 1, 2, 3, 4
  ), shown as (
    select c.hour, c.organization_id, c.webhook_no, sum(c.attempts) as attempts
    from counted c
    group by c.hour, c.organization_id, c.webhook_no
    order by c.hour desc, 4 desc, c.organization_id, c.webhook_no
    limit p_max_rows
  ), ranked as (
    select s.attempts as total, c.*,
      sum(c.attempts) over (partition by c.hour, c.organization_id, c.webhook_no order by c.duration_bucket) as upto
    from shown s
    join counted c on c.hour = s.hour and c.organization_id = s.organization_id and c.webhook_no = s.webhook_no
  ), figures as (
    select k.hour, k.organization_id, k.webhook_no, k.total as attempts, sum(k.retries) as retries,
      coalesce(sum(k.s2), 0)::bigint as s2, coalesce(sum(k.s3), 0)::bigint as s3, coalesce(sum(k.s4), 0)::bigint as s4,
      coalesce(sum(k.s5), 0)::bigint as s5,
      min(k.duration_bucket) filter (where k.upto >= 0.5 * k.total) as p50,
      min(k.duration_bucket) filter (where k.upto >= 0.95 * k.total) as p95
    from ranked k
    group by k.hour, k.organization_id, k.webhook_no, k.total
  )
  select f.hour, f.organization_id, w.id, w.url, w.status, f.attempts, f.s2, f.retries, f.s2, f.s3, f.s4, f.s5,
    f.attempts - f.s2 - f.s3 - f.s4 - f.s5, round(f.s2::numeric / f.attempts, 4),
    hera_internal.bucket_ms(f.p50), hera_internal.bucket_ms(f.p95)
  from figures f
  join hera.webhooks w on w.organization_id = f.organization_id and w.webhook_no = f.webhook_no;
end
$$;
grant execute on function hera_internal.delivery_figures(uuid, hera_internal.monitor_filter, boolean, int) to hera_worker_owner;
comment on function hera_internal.delivery_figures(uuid, hera_internal.monitor_filter, boolean, int) is 'Attempts by webhook and hour.';
