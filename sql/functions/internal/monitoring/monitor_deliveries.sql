-- hera_internal.monitor_deliveries: delivery success by hour and webhook, newest hour first, and the totals of each hour.
create or replace function hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
begin
  return jsonb_build_object(
    'deliveries', (
      select coalesce(jsonb_agg(to_jsonb(d) order by d.hour desc, d.attempts desc, d.webhook_id), '[]')
      from hera_internal.delivery_figures(p_organization_id, p_filter, true, p_filter.max_rows) d),
    'hours', (
      select coalesce(jsonb_agg(to_jsonb(h) || jsonb_build_object('success_rate', round(h.delivered::numeric / h.attempts, 4))
        order by h.hour desc), '[]')
      from (
        select r.hour, sum(r.attempts) as attempts, coalesce(sum(r.attempts) filter (where r.cause like '2__'), 0) as delivered,
          sum(r.retries) as retries
        from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
        where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
        group by r.hour
        order by r.hour desc
        limit p_filter.max_rows) h));
end
$$;
grant execute on function hera_internal.monitor_deliveries(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_deliveries(uuid, hera_internal.monitor_filter) is 'Delivery success by hour and webhook.';
