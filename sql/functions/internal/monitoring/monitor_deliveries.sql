-- hera_internal.monitor_deliveries: delivery success by hour and webhook, newest hour first, and the totals of each hour.
-- The totals tell how far back the rows that are shown go; percentiles are found for those hours alone.
create or replace function hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
  v_shown hera_internal.monitor_filter := p_filter;
  v_since timestamptz;
  v_hours jsonb;
begin
  select max(h.hour) filter (where h.upto >= p_filter.max_rows),
    coalesce(jsonb_agg(jsonb_build_object('hour', h.hour, 'attempts', h.attempts, 'delivered', h.delivered, 'retries', h.retries,
      'success_rate', round(h.delivered::numeric / h.attempts, 4)) order by h.hour desc) filter (where h.nth <= p_filter.max_rows), '[]')
  into v_since, v_hours
  from (
    select w.hour, sum(w.attempts)::bigint as attempts, sum(w.delivered)::bigint as delivered, sum(w.retries)::bigint as retries,
      sum(count(*)) over (order by w.hour desc) as upto, row_number() over (order by w.hour desc) as nth
    from (
      select r.hour, r.organization_id, r.webhook_no, sum(r.attempts) as attempts, sum(r.retries) as retries,
        coalesce(sum(r.attempts) filter (where r.cause like '2__'), 0) as delivered
      from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
      where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
      group by r.hour, r.organization_id, r.webhook_no) w
    group by w.hour) h;

  v_shown.since := coalesce(v_since, p_filter.since);
  return jsonb_build_object('hours', v_hours, 'deliveries', (
    select coalesce(jsonb_agg(to_jsonb(d) order by d.hour desc, d.attempts desc, d.webhook_id), '[]')
    from hera_internal.delivery_figures(p_organization_id, v_shown, true, p_filter.max_rows) d));
end
$$;
grant execute on function hera_internal.monitor_deliveries(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_deliveries(uuid, hera_internal.monitor_filter) is 'Delivery success by hour and webhook.';
