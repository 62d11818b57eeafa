-- hera_internal.monitor_heat: who is loud and what is slow, by hour: the organizations with the most attempts and the webhooks with the
-- highest p95 of the period, p_filter.max_rows of each, with their hours; an hour without attempts is left out.
create or replace function hera_internal.monitor_heat(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
begin
  return (
    with counted as materialized (
      select r.organization_id, r.webhook_no, r.hour, r.duration_bucket, sum(r.attempts) as attempts,
        coalesce(sum(r.attempts) filter (where r.cause not like '2__'), 0) as failed
      from hera_internal.delivery_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by 1, 2, 3, 4
    ), loud_hours as (
      select c.organization_id, sum(sum(c.attempts)) over (partition by c.organization_id) as total, c.hour,
        sum(c.attempts) as attempts, sum(c.failed) as failed
      from counted c
      group by c.organization_id, c.hour
    ), loud as (
      select h.organization_id, o.organization_name, h.total as attempts,
        jsonb_agg(jsonb_build_object('hour', h.hour, 'attempts', h.attempts, 'failed', h.failed) order by h.hour) as hours
      from loud_hours h
      join hera.core_organizations o on o.id = h.organization_id
      group by h.organization_id, o.organization_name, h.total
      order by h.total desc, h.organization_id
      limit p_filter.max_rows
    ), slow_all as (
      select k.organization_id, k.webhook_no, k.total, min(k.duration_bucket) filter (where k.upto >= 0.95 * k.total) as p95
      from (
        select c.organization_id, c.webhook_no, c.duration_bucket,
          sum(sum(c.attempts)) over (partition by c.organization_id, c.webhook_no order by c.duration_bucket) as upto,
          sum(sum(c.attempts)) over (partition by c.organization_id, c.webhook_no) as total
        from counted c
        group by c.organization_id, c.webhook_no, c.duration_bucket) k
      group by k.organization_id, k.webhook_no, k.total
      order by 4 desc, 3 desc, 1, 2
      limit p_filter.max_rows
    ), slow_hours as (
      select k.organization_id, k.webhook_no, k.hour, k.total as attempts, min(k.duration_bucket) filter (where k.upto >= 0.95 * k.total) as p95
      from (
        select c.*, sum(c.attempts) over (partition by c.organization_id, c.webhook_no, c.hour order by c.duration_bucket) as upto,
          sum(c.attempts) over (partition by c.organization_id, c.webhook_no, c.hour) as total
        from counted c
        join slow_all s on s.organization_id = c.organization_id and s.webhook_no = c.webhook_no) k
      group by k.organization_id, k.webhook_no, k.hour, k.total
    ), slow as (
      select s.organization_id, w.id as webhook_id, w.url, s.total as attempts, hera_internal.bucket_ms(s.p95) as duration_p95_ms, (
        select jsonb_agg(jsonb_build_object('hour', h.hour, 'attempts', h.attempts, 'duration_p95_ms', hera_internal.bucket_ms(h.p95)) order by h.hour)
        from slow_hours h
        where h.organization_id = s.organization_id and h.webhook_no = s.webhook_no) as hours
      from slow_all s
      join hera.webhooks w on w.organization_id = s.organization_id and w.webhook_no = s.webhook_no
    )
    select jsonb_build_object(
      'organizations', (select coalesce(jsonb_agg(to_jsonb(l) order by l.attempts desc, l.organization_id), '[]') from loud l),
      'webhooks', (select coalesce(jsonb_agg(to_jsonb(s) order by s.duration_p95_ms desc, s.attempts desc, s.webhook_id), '[]') from slow s)));
end
$$;
grant execute on function hera_internal.monitor_heat(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_heat(uuid, hera_internal.monitor_filter) is 'Loud organizations and slow webhooks by hour.';
