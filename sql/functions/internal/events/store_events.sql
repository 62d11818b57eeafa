-- hera_internal.store_events: write the events at p_places of p_events and their deliveries, with one statement a table.
-- Answers the number of deliveries at each place; null elsewhere. The order of the events is the order of their deliveries.
create or replace function hera_internal.store_events(
  p_actor_user_id uuid, p_organization_id uuid, p_events hera.events[], p_places int[])
returns int[]
language plpgsql
volatile
as $$
declare
  v_counts int[] := array_fill(null::int, array[cardinality(p_events)]);
  v_place int[];
  v_webhook int[];
  v_kind text[];
begin
  if p_places is null then
    return v_counts;
  end if;
  select array_agg(x.place order by x.place, x.webhook_no), array_agg(x.webhook_no order by x.place, x.webhook_no),
    array_agg(x.kind order by x.place, x.webhook_no)
  into v_place, v_webhook, v_kind
  from (
    select p.place, w.webhook_no, case when w.status = 'disabled' then 'disabled' else w.ordering end as kind
    from unnest(p_places) as p (place)
    cross join lateral (select (p_events[p.place]).*) e
    cross join lateral (select e.event_source || '.' || e.event_type as topic offset 0) t
    join hera.webhooks w
      on w.organization_id = p_organization_id
      and w.status <> 'inactive'
      and hera_internal.topic_matches(t.topic, w.topic_starts)
      and (w.connector_code is null or w.connector_code = e.connector_code)
      and (w.filter is null or jsonb_path_match(e.event_data::jsonb, w.filter, '{}', true))) x;

  for i in 1 .. cardinality(p_places)
  loop
    v_counts[p_places[i]] := 0;
  end loop;
  for i in 1 .. coalesce(cardinality(v_place), 0)
  loop
    if v_kind[i] <> 'disabled' then
      v_counts[v_place[i]] := v_counts[v_place[i]] + 1;
    end if;
  end loop;

  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent, occurred_at, inbound_request_id)
  select p_organization_id, e.id, e.created_at, p_actor_user_id, e.installation_id, v_counts[e.ordinality], 'processed', e.event_source,
    e.event_type, e.smart_code, e.connector_code, e.idempotency_key, e.event_data, e.traceparent, e.occurred_at, e.inbound_request_id
  from unnest(p_events) with ordinality as e
  where v_counts[e.ordinality] is not null;

  insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
  select p_organization_id, hera_internal.delivery_id((p_events[m.place]).id, m.webhook_no), 1, 0
  from unnest(v_place, v_webhook, v_kind) with ordinality as m (place, webhook_no, kind, nth)
  where m.kind = 'none'
  order by m.nth;

  if 'fifo' = any (v_kind) or 'disabled' = any (v_kind) then
    perform hera_internal.enqueue_aside(p_organization_id, (p_events[m.place]).id,
      array_agg(m.webhook_no) filter (where m.kind = 'fifo'), array_agg(m.webhook_no) filter (where m.kind = 'disabled'),
      (p_events[m.place]).created_at)
    from unnest(v_place, v_webhook, v_kind) as m (place, webhook_no, kind)
    group by m.place
    order by m.place;
  end if;
  return v_counts;
end
$$;
comment on function hera_internal.store_events(uuid, uuid, hera.events[], int[]) is 'Writes events and their deliveries; the number of deliveries of each.';
