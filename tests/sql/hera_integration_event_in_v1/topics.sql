-- A webhook gets the events whose topic (<source>.<type>) it subscribes to: exact, by prefix, or all.
do $$
declare
  v_case record;
  a record;
begin
  for v_case in
    select * from (values
      ('["*"]', 'shop', 'order.paid', 1),
      ('["shop.order.paid"]', 'shop', 'order.paid', 1),
      ('["shop.order"]', 'shop', 'order.paid', 0),
      ('["shop.order.*"]', 'shop', 'order.paid', 1),
      ('["shop.*"]', 'shop', 'order.paid', 1),
      ('["sho.*"]', 'shop', 'order.paid', 0),
      ('["shop.order.paid.*"]', 'shop', 'order.paid', 0),
      ('["Shop.*"]', 'shop', 'order.paid', 0),
      ('["crm.*", "shop.order.paid", "shop.*", "*"]', 'shop', 'order.paid', 1),
      ('["crm.*", "erp.x"]', 'shop', 'order.paid', 0),
      ('["a_b.c"]', 'aXb', 'c', 0)
    ) as c (topics, source, type, deliveries)
  loop
    a := hera_test.organization('A');
    perform hera_test.webhook(a.organization, jsonb_build_object('topics', v_case.topics::jsonb));
    assert (hera_integration_event_in_v1(a.admin, a.organization, v_case.source, v_case.type) ->> 'deliveries')::int = v_case.deliveries, v_case::text;
    assert (select count(*) from hera.outbox_ready where organization_id = a.organization) = v_case.deliveries, v_case::text;
  end loop;
end
$$;
rollback to clean;

-- Changed topics hold from the next event on.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"]}');
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"topics": ["crm.lead"]}', p_webhook_id => v_webhook);
  assert hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid') @> '{"deliveries": 0}';
  assert hera_integration_event_in_v1(a.admin, a.organization, 'crm', 'lead') @> '{"deliveries": 1}';
end
$$;
rollback to clean;

-- Topics that are absent mean all. Each matching webhook has one delivery; another organization's webhooks have none.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_one uuid := hera_test.webhook(a.organization);
  v_two uuid := hera_test.webhook(a.organization);
  v_foreign uuid := hera_test.webhook(b.organization);
  v_event uuid;
begin
  v_event := hera_test.event(a.organization);
  assert (select deliveries from hera.events where id = v_event) = 2;
  assert hera_test.place(hera_test.delivery(v_event, v_one)) = 'ready' and hera_test.place(hera_test.delivery(v_event, v_two)) = 'ready';
  assert not exists (select from hera.outbox_ready where organization_id = b.organization);
end
$$;
rollback to clean;

-- No match is 0 deliveries, and the event is kept all the same. A deleted webhook gets nothing more.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid;
begin
  assert hera_integration_event_in_v1(a.admin, a.organization, 's', 't') @> '{"success": true, "deliveries": 0}';
  v_webhook := hera_test.webhook(a.organization);
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_webhook);
  assert hera_integration_event_in_v1(a.admin, a.organization, 's', 't') @> '{"success": true, "deliveries": 0}';
  assert not exists (select from hera.dead_letters where organization_id = a.organization);
end
$$;
rollback to clean;

-- A webhook that was disabled (410) gets nothing, and that is recorded.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_event uuid;
begin
  update hera.webhooks set status = 'disabled' where id = v_webhook;
  v_event := hera_test.event(a.organization);
  assert (select deliveries from hera.events where id = v_event) = 0;
  assert (select (status, reason, attempts) from hera.dead_letters where delivery_id = hera_test.delivery(v_event, v_webhook))
    = ('disabled'::text, 'webhook_disabled'::text, 0::smallint);
end
$$;
rollback to clean;

-- A webhook that is bound to a connector gets that connector's events alone.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{}', 'hubspot-crm');
begin
  assert hera_integration_event_in_v1(a.admin, a.organization, 's', 't') @> '{"deliveries": 0}';
  assert hera_integration_event_in_v1(a.admin, a.organization, 's', 't', '{}', 'whatsapp-business-cloud') @> '{"deliveries": 0}';
  assert hera_integration_event_in_v1(a.admin, a.organization, 's', 't', '{}', 'hubspot-crm') @> '{"deliveries": 1}';
end
$$;
rollback to clean;

-- An event goes to webhooks of all kinds at once, each in its way.
do $$
declare
  a record := hera_test.organization('A');
  v_plain uuid[] := array[hera_test.webhook(a.organization), hera_test.webhook(a.organization)];
  v_fifo uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_disabled uuid := hera_test.webhook(a.organization);
  v_inactive uuid := hera_test.webhook(a.organization);
  v_event uuid;
begin
  update hera.webhooks set status = 'disabled' where id = v_disabled;
  update hera.webhooks set status = 'inactive' where id = v_inactive;
  -- The last number that a webhook can have.
  update hera.webhooks set webhook_no = 65535 where id = v_fifo;
  v_event := (hera_integration_event_in_v1(a.admin, a.organization, 's', 't') ->> 'event_id')::uuid;
  assert (select deliveries from hera.events where id = v_event) = 3;
  assert (select array_agg(delivery_id order by delivery_id) from hera.outbox_ready where organization_id = a.organization)
    = (select array_agg(d order by d) from (select hera_test.delivery(v_event, w) as d from unnest(v_plain) w) p);
  assert (select array_agg(delivery_id) from hera.outbox_fifo_wait where organization_id = a.organization) = array[hera_test.delivery(v_event, v_fifo)];
  assert (select array_agg(delivery_id) from hera.dead_letters where organization_id = a.organization) = array[hera_test.delivery(v_event, v_disabled)];
end
$$;
