-- hera_internal.replay_candidates: the deliveries that a replay would send, at most p_limit. None that is under way.
create or replace function hera_internal.replay_candidates(p_organization_id uuid, p_plan hera_internal.replay_plan, p_limit int)
returns setof uuid
language plpgsql
stable
as $$
declare
  v_low uuid := coalesce(p_plan.delivery_id, hera_internal.id_floor(p_plan.since), '00000000-0000-0000-0000-000000000000');
  v_high uuid := coalesce(p_plan.delivery_id, hera_internal.id_floor(p_plan.until), 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  -- An attempt is not older than its event, give or take what the clocks of hosts add.
  v_from timestamptz := coalesce(hera_internal.id_time(p_plan.delivery_id), p_plan.since, '-infinity') - interval '1 hour';
begin
  if p_plan.kind = 'missed' then
    return query
    select m.delivery_id
    from (
      select hera_internal.delivery_id(e.id, w.webhook_no) as delivery_id
      from hera.webhooks w
      join hera.events e on e.organization_id = w.organization_id
      where w.organization_id = p_organization_id and w.id = p_plan.webhook_id
        and e.id >= v_low and e.id < v_high and e.status = 'processed'
        and hera_internal.topic_matches(e.event_source || '.' || e.event_type, w.topic_starts)
        and (w.connector_code is null or w.connector_code = e.connector_code)
        and (w.filter is null or jsonb_path_match(e.event_data::jsonb, w.filter, '{}', true))
        -- A test is for the webhook that it was made for.
        and (e.event_source, e.event_type) <> ('hera', 'webhook.test')
        -- A call goes to its provider alone.
        and not hera_internal.is_call(e)) m
    where not exists (
        select from hera.attempts t
        where t.delivery_id = m.delivery_id and t.organization_id = p_organization_id and t.started_at >= v_from)
      and not exists (select from hera.dead_letters d where d.organization_id = p_organization_id and d.delivery_id = m.delivery_id)
      and m.delivery_id not in (select hera_internal.under_way(p_organization_id, v_low, v_high))
    limit p_limit;
  else
    return query
    select s.delivery_id
    from (
      select d.delivery_id
      from hera.dead_letters d
      where d.organization_id = p_organization_id and d.delivery_id between v_low and v_high
      union
      select t.delivery_id
      from hera.attempts t
      where t.organization_id = p_organization_id and t.delivery_id between v_low and v_high and t.started_at >= v_from
        and p_plan.kind <> 'dead_letters') s
    where hera_internal.delivery_webhook_no(s.delivery_id) = p_plan.webhook_no
      and s.delivery_id not in (select hera_internal.under_way(p_organization_id, v_low, v_high))
      and exists (
        select from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(s.delivery_id))
    limit p_limit;
  end if;
end
$$;
comment on function hera_internal.replay_candidates(uuid, hera_internal.replay_plan, int) is 'Deliveries that a replay would send.';
