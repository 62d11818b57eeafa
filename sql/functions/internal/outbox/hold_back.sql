-- hera_internal.hold_back: take out of a claimed batch what may not be sent now, and answer the rest.
--   A webhook that is not active: the delivery is recorded as disabled.
--   A rate limit that is used up: the delivery is scheduled for when the limit allows it. The token bucket holds one second's
--   worth (at least one); it is shared by all workers.
--   A secret that was sealed with a key that this session does not have (a restored backup, a key that was not passed on): the delivery
--   is scheduled for a minute later, so that neither others wait for it nor its attempts are used up.
create or replace function hera_internal.hold_back(p_batch hera_internal.outbox_batch, p_now timestamptz)
returns hera_internal.outbox_batch
language plpgsql
volatile
as $$
declare
  v_known constant bytea[] := hera_internal.known_keys();
  v_kept hera_internal.outbox_batch;
  v_stopped_organizations uuid[];
  v_stopped_deliveries uuid[];
begin
  perform hera_internal.refill_rate(p_batch, p_now);

  with given as materialized (
    select g.*, hera_internal.delivery_webhook_no(g.delivery_id) as webhook_no
    from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts, p_batch.base_attempts) with ordinality
      as g (organization_id, delivery_id, attempt, base_attempt, nth)
  ), w as materialized (
    -- Whether a call may be made its installation says: see hera_internal.prepare_calls.
    select w.organization_id, w.webhook_no, s.status, w.rate_limit_per_second as rate, b.tokens,
      s.status = 'active' and hera_internal.is_sealed_off(w.organization_id, w.id, p_now, v_known) as sealed_off
    from (select distinct g.organization_id, g.webhook_no from given g) k
    join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no
    cross join lateral (select case w.kind when 'channel' then 'active' else w.status end as status) s
    left join hera.outbox_rate b on b.organization_id = w.organization_id and b.webhook_no = w.webhook_no
  ), d as (
    select g.*, w.status, w.rate, w.tokens, w.sealed_off,
      row_number() over (partition by g.organization_id, g.webhook_no order by g.nth) as in_line
    from given g
    join w on w.organization_id = g.organization_id and w.webhook_no = g.webhook_no
  ), spent as (
    update hera.outbox_rate b set tokens = b.tokens - least(floor(b.tokens), u.wanted),
      put_off = b.put_off + greatest(0, u.wanted - floor(b.tokens))::bigint,
      last_put_off_at = case when u.wanted > floor(b.tokens) then p_now else b.last_put_off_at end
    from (
      select d.organization_id, d.webhook_no, count(*) as wanted
      from d where d.status = 'active' and d.rate is not null and not d.sealed_off
      group by d.organization_id, d.webhook_no) u
    where b.organization_id = u.organization_id and b.webhook_no = u.webhook_no
  ), later as (
    insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
    select d.organization_id, d.delivery_id, d.attempt, d.base_attempt, p_now + case
        when d.sealed_off then interval '1 minute'
        else ((d.in_line - d.tokens) / d.rate)::float8 * interval '1 second' end
    from d where d.sealed_off or d.status = 'active' and d.rate is not null and d.in_line > floor(d.tokens)
  ), stopped as (
    insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
    select d.organization_id, d.delivery_id, 'disabled', 'webhook_' || d.status, d.attempt - 1, p_now
    from d where d.status <> 'active'
    on conflict (organization_id, delivery_id) do update
      set status = excluded.status, reason = excluded.reason, attempts = excluded.attempts, created_at = excluded.created_at
  )
  select
    coalesce(array_agg(d.organization_id order by d.nth) filter (where d.status = 'active'), '{}'),
    coalesce(array_agg(d.delivery_id order by d.nth) filter (where d.status = 'active'), '{}'),
    coalesce(array_agg(d.attempt order by d.nth) filter (where d.status = 'active'), '{}'),
    coalesce(array_agg(d.base_attempt order by d.nth) filter (where d.status = 'active'), '{}'),
    array_agg(d.organization_id) filter (where d.status <> 'active'),
    array_agg(d.delivery_id) filter (where d.status <> 'active')
  into v_kept.organization_ids, v_kept.delivery_ids, v_kept.attempts, v_kept.base_attempts,
    v_stopped_organizations, v_stopped_deliveries
  from d
  where not d.sealed_off and not (d.status = 'active' and d.rate is not null and d.in_line > floor(d.tokens));

  perform hera_internal.fifo_advance(v_stopped_organizations, v_stopped_deliveries);
  return v_kept;
end
$$;
grant execute on function hera_internal.hold_back(hera_internal.outbox_batch, timestamptz) to hera_worker_owner;
comment on function hera_internal.hold_back(hera_internal.outbox_batch, timestamptz) is 'The part of a batch that may be sent now.';
