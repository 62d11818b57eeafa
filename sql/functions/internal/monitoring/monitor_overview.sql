-- hera_internal.monitor_overview: the headline numbers, and what of them asks for attention.
create or replace function hera_internal.monitor_overview(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
declare
  v_numbers jsonb;
begin
  select jsonb_build_object('events', coalesce(sum(r.events), 0),
    'events_failed', coalesce(sum(r.events) filter (where r.status = 'failed'), 0))
  into v_numbers
  from hera_internal.event_hours(p_organization_id, p_filter.since, p_filter.until) r;

  v_numbers := v_numbers || (
    with bucket as (
      select r.latency_bucket, sum(r.events) as events, sum(sum(r.events)) over (order by r.latency_bucket) as upto,
        sum(sum(r.events)) over () as total
      from hera_internal.latency_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by r.latency_bucket
    )
    select jsonb_build_object('first_delivered', coalesce(max(b.total), 0),
      'latency_p50_ms', hera_internal.bucket_ms(min(b.latency_bucket) filter (where b.upto >= 0.5 * b.total)),
      'latency_p95_ms', hera_internal.bucket_ms(min(b.latency_bucket) filter (where b.upto >= 0.95 * b.total)))
    from bucket b);

  v_numbers := v_numbers || (
    with bucket as (
      select r.duration_bucket, sum(r.attempts) as attempts, coalesce(sum(r.attempts) filter (where r.cause like '2__'), 0) as delivered,
        sum(r.retries) as retries, sum(sum(r.attempts)) over (order by r.duration_bucket) as upto, sum(sum(r.attempts)) over () as total
      from hera_internal.delivery_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by r.duration_bucket
    )
    select jsonb_build_object('attempts', coalesce(sum(b.attempts), 0), 'delivered', coalesce(sum(b.delivered), 0),
      'retries', coalesce(sum(b.retries), 0), 'success_rate', round(sum(b.delivered) / sum(b.attempts), 4),
      'duration_p50_ms', hera_internal.bucket_ms(min(b.duration_bucket) filter (where b.upto >= 0.5 * b.total)),
      'duration_p95_ms', hera_internal.bucket_ms(min(b.duration_bucket) filter (where b.upto >= 0.95 * b.total)))
    from bucket b);

  v_numbers := v_numbers
    || (hera_internal.monitor_backlog(p_organization_id, p_filter) - array['organizations', 'webhooks'])
    || (
      select jsonb_build_object('dlq', count(*) filter (where d.status = 'dlq'), 'blocked', count(*) filter (where d.status = 'blocked'),
        'disabled', count(*) filter (where d.status = 'disabled'), 'cancelled', count(*) filter (where d.status = 'cancelled'))
      from hera.dead_letters d
      where p_organization_id is null or d.organization_id = p_organization_id)
    || (
      select jsonb_build_object('webhooks_active', count(*) filter (where w.status = 'active'),
        'webhooks_disabled', count(*) filter (where w.status = 'disabled'))
      from hera.webhooks w
      where w.kind = 'webhook' and (p_organization_id is null or w.organization_id = p_organization_id))
    || hera_internal.monitor_connector_totals(p_organization_id);
  return v_numbers || jsonb_build_object('alerts', hera_internal.monitor_alerts(v_numbers));
end
$$;
grant execute on function hera_internal.monitor_overview(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_overview(uuid, hera_internal.monitor_filter) is 'The headline numbers.';
