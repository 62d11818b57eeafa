-- hera_internal.kept_events: events from p_low to p_high that retention must not take, in one organization or (null) in all: a delivery of
-- theirs is still to be sent, or is a dead letter (whose own retention takes it first), or an open replay is going to send it.
create or replace function hera_internal.kept_events(p_organization_id uuid, p_low uuid, p_high uuid)
returns setof uuid
language sql
stable
as $$
  select hera_internal.delivery_event_id(d.delivery_id)
  from (
    select u as delivery_id from hera_internal.under_way(p_organization_id, p_low, p_high) u
    union all
    select x.delivery_id from hera.dead_letters x
    where (p_organization_id is null or x.organization_id = p_organization_id) and x.delivery_id between p_low and p_high
    union all
    select i.delivery_id
    from hera.replay_jobs j
    join hera.replay_items i
      on i.organization_id = j.organization_id and i.job_id = j.id and i.position > j.queued + j.skipped
    where j.status in ('running', 'paused') and (p_organization_id is null or j.organization_id = p_organization_id)
      and i.delivery_id between p_low and p_high) d;
$$;
grant execute on function hera_internal.kept_events(uuid, uuid, uuid) to hera_worker_owner;
comment on function hera_internal.kept_events(uuid, uuid, uuid) is 'Events with an open delivery.';
