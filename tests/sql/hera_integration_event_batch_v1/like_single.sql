-- A batch answers and stores what the same events one by one would: two organizations with the same webhooks, one takes the events in a
-- batch, one in turn.
create function pg_temp.places(p_organization_id uuid) returns text[] language sql as $$
  select array_agg(x.place order by x.place_no, x.nth)
  from (
    select 1 as place_no, r.position as nth, format('ready %s %s', hera_internal.delivery_webhook_no(r.delivery_id), e.event_data) as place
    from hera.outbox_ready r join hera.events e on e.organization_id = r.organization_id and e.id = hera_internal.delivery_event_id(r.delivery_id)
    where r.organization_id = p_organization_id
    union all
    select 2, f.position, format('fifo %s %s', f.webhook_no, e.event_data)
    from hera.outbox_fifo_wait f join hera.events e on e.organization_id = f.organization_id and e.id = hera_internal.delivery_event_id(f.delivery_id)
    where f.organization_id = p_organization_id
    union all
    select 3, row_number() over (order by d.delivery_id), format('%s %s %s', d.status, hera_internal.delivery_webhook_no(d.delivery_id), e.event_data)
    from hera.dead_letters d join hera.events e on e.organization_id = d.organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id)
    where d.organization_id = p_organization_id) x
$$;
do $$
declare
  v_events constant jsonb := jsonb '[
    {"event_source": "shop", "event_type": "order.paid", "event_data": {"total": 5}, "idempotency_key": "k1"},
    {"event_source": "shop", "event_type": "order.paid", "event_data": {"total": 500}, "smart_code": "HERA.SHOP.ORDER.PAID.v1"},
    {"event_source": "shop", "event_type": "order.paid", "event_data": {"total": 5}, "idempotency_key": "k1"},
    {"event_source": "shop", "event_type": "order.paid", "event_data": {"total": 6}, "idempotency_key": "k1"},
    {"event_source": "", "event_type": "order.paid"},
    {"event_source": "shop", "event_type": "order.paid", "smart_code": "no"},
    {"event_source": "zapier-webhook", "event_type": "webhook_received", "connector_code": "zapier-webhook"},
    {"event_source": "shop", "event_type": "order.paid", "connector_code": "nothing-has-this"},
    {"event_source": "erp", "event_type": "x", "event_data": []},
    {"event_source": "shop", "event_type": "line", "event_data": {"n": 1}, "idempotency_key": "k0"},
    {"event_source": "shop", "event_type": "line", "event_data": {"n": 2}}]';
  v_webhooks constant jsonb := jsonb '[
    {"topics": ["shop.*"], "filter": "$.total > 100"}, {"topics": ["shop.order.*", "erp.x"]}, {"topics": ["*"], "ordering": "fifo"},
    {"topics": ["shop.line"]}]';
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_config jsonb;
  v_item jsonb;
  v_single jsonb := '[]';
  v_batch jsonb;
  v_answer jsonb;
begin
  for v_config in select * from jsonb_array_elements(v_webhooks)
  loop
    perform hera_test.webhook(a.organization, v_config);
    perform hera_test.webhook(b.organization, v_config);
  end loop;
  -- The last one is disabled in both.
  update hera.webhooks set status = 'disabled' where organization_id in (a.organization, b.organization) and topics = '{shop.line}';

  v_batch := hera_integration_event_batch_v1(a.admin, a.organization, v_events);
  for v_item in select * from jsonb_array_elements(v_events)
  loop
    begin
      v_answer := hera_integration_event_in_v1(b.admin, b.organization, v_item ->> 'event_source', v_item ->> 'event_type',
        coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code');
    exception
      when others then
        v_answer := null;
    end;
    v_single := v_single || jsonb_build_array(v_answer);
  end loop;

  assert (
    select jsonb_agg(case when (r.item ->> 'success')::boolean then r.item - array['event_id', 'index'] end order by r.nth)
    from jsonb_array_elements(v_batch -> 'results') with ordinality r (item, nth))
    = (select jsonb_agg(case when s.item <> 'null' then s.item - 'event_id' end order by s.nth)
      from jsonb_array_elements(v_single) with ordinality s (item, nth)), v_batch::text || v_single;
  assert (
    select array_agg(array[event_source, event_type, smart_code, event_data::text, deliveries::text, idempotency_key, connector_code] order by id)
    from hera.events where organization_id = a.organization)
    = (select array_agg(array[event_source, event_type, smart_code, event_data::text, deliveries::text, idempotency_key, connector_code] order by id)
      from hera.events where organization_id = b.organization), 'events';
  assert pg_temp.places(a.organization) = pg_temp.places(b.organization), pg_temp.places(a.organization)::text || pg_temp.places(b.organization);
end
$$;
