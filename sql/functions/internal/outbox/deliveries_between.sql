-- hera_internal.deliveries_between: the deliveries of an organization with ids from p_low to p_high, newest first.
-- The place that a delivery stands in is its status (see migrations/0006_outbox.sql).
-- The two places where deliveries stay for good are read from the newest on, no further than asked for. To be planned with the values that it
-- is called with: a plan for any values reads all that was ever delivered.
create or replace function hera_internal.deliveries_between(
  p_organization_id uuid, p_low uuid, p_high uuid, p_webhook_no int, p_status text, p_max_rows int)
returns setof hera_internal.delivery
language sql
stable
as $$
  select d.delivery_id, hera_internal.delivery_event_id(d.delivery_id), w.id, d.status,
    case
      when d.reason = 'rate_limit' and i.status <> 'active' then 'connector_' || i.status
      when d.reason = 'rate_limit' and w.kind = 'webhook' and w.rate_limit_per_second is null then 'secret_sealed_off'
      else d.reason
    end,
    d.attempts, d.last_status_code, d.last_error, d.next_attempt_at, d.settled_at,
    case when w.kind = 'channel' then w.connector_code end,
    case when w.kind = 'channel' then (
      select substr(e.event_type, 8) from hera.events e
      where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id)) end
  from (
    select r.delivery_id, 'pending' as status, null as reason, r.attempt - 1 as attempts, null::int as last_status_code,
      null as last_error, null::timestamptz as next_attempt_at, null::timestamptz as settled_at
    from hera.outbox_ready r
    where r.organization_id = p_organization_id and r.delivery_id between p_low and p_high
    union all
    select f.delivery_id, 'pending', 'fifo', f.base_attempt, null, null, null, null
    from hera.outbox_fifo_wait f
    where f.organization_id = p_organization_id and f.delivery_id between p_low and p_high
    union all
    select s.delivery_id, case when s.attempt > 1 then 'failed' else 'pending' end, case when s.attempt = 1 then 'rate_limit' end,
      s.attempt - 1, null, null, s.due_at, null
    from hera.outbox_scheduled s
    where s.organization_id = p_organization_id and s.delivery_id between p_low and p_high
    union all
    select m.delivery_id, 'in_flight', null, m.attempt - 1, null, null, null, null
    from hera.outbox_leases l
    cross join unnest(l.organization_ids, l.delivery_ids, l.attempts) as m (organization_id, delivery_id, attempt)
    where p_organization_id = any (l.organization_ids) and m.organization_id = p_organization_id
      and m.delivery_id between p_low and p_high
    union all
    (select x.delivery_id, x.status, x.reason, x.attempts, x.last_status_code, x.last_error, null, x.created_at
    from hera.dead_letters x
    where x.organization_id = p_organization_id and x.delivery_id between p_low and p_high
      and (p_webhook_no is null or hera_internal.delivery_webhook_no(x.delivery_id) = p_webhook_no) and (p_status is null or x.status = p_status)
    order by x.delivery_id desc
    limit p_max_rows)
    union all
    (select t.delivery_id, 'delivered', null, t.attempt, t.status_code, null, null, t.started_at + t.duration_ms * interval '1 ms'
    from hera.attempts t
    where t.organization_id = p_organization_id and t.delivery_id between p_low and p_high and t.status_code between 200 and 299
      and (p_webhook_no is null or hera_internal.delivery_webhook_no(t.delivery_id) = p_webhook_no) and (p_status is null or p_status = 'delivered')
    order by t.delivery_id desc
    limit p_max_rows)
  ) d
  join hera.webhooks w
    on w.organization_id = p_organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
  left join hera.core_entities i on i.organization_id = w.organization_id and i.id = w.id and w.kind = 'channel'
  where (p_webhook_no is null or w.webhook_no = p_webhook_no) and (p_status is null or d.status = p_status)
  order by d.delivery_id desc
  limit p_max_rows;
$$;
comment on function hera_internal.deliveries_between(uuid, uuid, uuid, int, text, int) is 'Deliveries of an organization by id, with status and reason.';
