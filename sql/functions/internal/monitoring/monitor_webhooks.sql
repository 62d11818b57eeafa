-- hera_internal.monitor_webhooks: webhooks of the period, the slowest (p95) first, with what their rate limit put off.
create or replace function hera_internal.monitor_webhooks(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
begin
  return (
    select jsonb_build_object('webhooks', coalesce(jsonb_agg(to_jsonb(x) - 'hour'
      order by x.duration_p95_ms desc nulls last, x.attempts desc, x.webhook_id), '[]'))
    from (
      select d.*, w.rate_limit_per_second, coalesce(b.put_off, 0) as rate_limit_put_off, b.last_put_off_at as rate_limit_last_put_off_at
      from hera_internal.delivery_figures(p_organization_id, p_filter, false, null) d
      join hera.webhooks w on w.organization_id = d.organization_id and w.id = d.webhook_id
      left join hera.outbox_rate b on b.organization_id = w.organization_id and b.webhook_no = w.webhook_no
      order by d.duration_p95_ms desc nulls last, d.attempts desc, d.webhook_id
      limit p_filter.max_rows) x);
end
$$;
grant execute on function hera_internal.monitor_webhooks(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_webhooks(uuid, hera_internal.monitor_filter) is 'Slow webhooks.';
