-- hera_internal.monitor_failures: why attempts failed in the period, and what stands among the dead letters now, by cause and by webhook.
create or replace function hera_internal.monitor_failures(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
set plan_cache_mode = force_custom_plan
as $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
begin
  return (
    with counted as materialized (
      select r.cause, sum(r.attempts) as attempts, sum(r.retries) as retries
      from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
      where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
      group by r.cause
    ), dead as (
      select d.status, d.reason, coalesce(d.last_status_code::text, d.last_error) as cause, count(*) as deliveries,
        min(d.created_at) as oldest, max(d.created_at) as newest
      from hera.dead_letters d
      where (v_webhook.organization_id is null or d.organization_id = v_webhook.organization_id)
        and (v_webhook.webhook_no is null or hera_internal.delivery_webhook_no(d.delivery_id) = v_webhook.webhook_no)
      group by 1, 2, 3
    ), dead_webhooks as (
      select d.organization_id, o.organization_name, w.id as webhook_id, w.url, w.status, count(*) as deliveries,
        min(d.created_at) as oldest, max(d.created_at) as newest
      from hera.dead_letters d
      join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
      join hera.core_organizations o on o.id = d.organization_id
      where (v_webhook.organization_id is null or d.organization_id = v_webhook.organization_id)
        and (v_webhook.webhook_no is null or w.webhook_no = v_webhook.webhook_no)
      group by d.organization_id, o.organization_name, w.id, w.url, w.status
      order by 6 desc, 1, 3
      limit p_filter.max_rows
    )
    select jsonb_build_object(
      'attempts', (select coalesce(sum(c.attempts), 0) from counted c),
      'retries', (select coalesce(sum(c.retries), 0) from counted c),
      'failed_attempts', (
        select coalesce(jsonb_agg(jsonb_build_object('cause', c.cause, 'attempts', c.attempts, 'retries', c.retries)
          order by c.attempts desc, c.cause), '[]')
        from counted c where c.cause not like '2__'),
      'dead_letters', (select coalesce(jsonb_agg(to_jsonb(d) order by d.deliveries desc, d.reason, d.cause), '[]') from dead d),
      'dead_letter_webhooks', (
        select coalesce(jsonb_agg(to_jsonb(d) order by d.deliveries desc, d.organization_id, d.webhook_id), '[]') from dead_webhooks d)));
end
$$;
grant execute on function hera_internal.monitor_failures(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_failures(uuid, hera_internal.monitor_filter) is 'Failed attempts and dead letters by cause.';
