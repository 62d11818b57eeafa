-- hera_internal.monitor_backlog: what is to be sent, since when it is due, and whose it is: organizations and webhooks with the
-- most due first.
create or replace function hera_internal.monitor_backlog(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
declare
  v_now constant timestamptz := hera_internal.now();
begin
  return (
    with backlog as materialized (
      select b.* from hera_internal.backlog(p_organization_id, v_now) b
    ), put_off as (
      select b.organization_id, b.webhook_no, b.put_off, b.last_put_off_at
      from hera.outbox_rate b
      where p_organization_id is null or b.organization_id = p_organization_id
    )
    select jsonb_build_object(
        'pending', coalesce(sum(b.pending), 0), 'waiting', coalesce(sum(b.waiting), 0), 'in_flight', coalesce(sum(b.in_flight), 0),
        'failed', coalesce(sum(b.failed), 0), 'delayed', coalesce(sum(b.delayed), 0), 'due', coalesce(sum(b.due), 0),
        'oldest_past_due_seconds', round(extract(epoch from v_now - min(b.oldest_due_at)), 3),
        'rate_limit_put_off', (select coalesce(sum(p.put_off), 0) from put_off p))
      || jsonb_build_object('organizations', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.due desc, x.pending desc, x.organization_id), '[]')
        from (
          select t.organization_id, o.organization_name, sum(t.due) as due, sum(t.pending) as pending, sum(t.in_flight) as in_flight,
            sum(t.failed) as failed, sum(t.delayed) as delayed,
            round(extract(epoch from v_now - min(t.oldest_due_at)), 3) as oldest_past_due_seconds
          from backlog t
          join hera.core_organizations o on o.id = t.organization_id
          group by t.organization_id, o.organization_name
          order by 3 desc, 4 desc, t.organization_id
          limit p_filter.max_rows) x))
      || jsonb_build_object('webhooks', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.due desc, x.pending desc, x.webhook_id), '[]')
        from (
          select t.organization_id, w.id as webhook_id, w.url, w.status, t.due, t.pending, t.waiting, t.in_flight, t.failed, t.delayed,
            round(extract(epoch from v_now - t.oldest_due_at), 3) as oldest_past_due_seconds,
            coalesce(p.put_off, 0) as rate_limit_put_off, p.last_put_off_at as rate_limit_last_put_off_at
          from backlog t
          join hera.webhooks w on w.organization_id = t.organization_id and w.webhook_no = t.webhook_no
          left join put_off p on p.organization_id = t.organization_id and p.webhook_no = t.webhook_no
          order by t.due desc, t.pending desc, w.id
          limit p_filter.max_rows) x))
    from backlog b);
end
$$;
grant execute on function hera_internal.monitor_backlog(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_backlog(uuid, hera_internal.monitor_filter) is 'What is to be sent, and since when.';
