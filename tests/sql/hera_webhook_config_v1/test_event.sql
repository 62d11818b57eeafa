-- TEST sends an event hera.webhook.test to this webhook alone, whatever its topics and filter.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization, '{"topics": ["never"], "filter": "$.never == 1"}');
  v_other uuid := hera_test.webhook(a.organization);
  v jsonb := hera_webhook_config_v1(a.admin, a.organization, 'TEST', p_webhook_id => v_id);
begin
  assert v @> '{"success": true}';
  assert (select count(*) from hera.outbox_ready where organization_id = a.organization) = 1;
  assert (select (c.delivery_id, c.attempt, c.topic) from hera_outbox_claim_v1('w') c)
    = ((v ->> 'delivery_id')::uuid, 1, 'hera.webhook.test'::text);
  assert (select e.deliveries from hera.events e where e.id = (v ->> 'event_id')::uuid) = 1;

  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_id);
  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''TEST'', p_webhook_id => %L)', a.admin, a.organization, v_id), 'PT409', 'webhook.inactive');
end
$$;
rollback to clean;

-- A fifo webhook's test waits in line like everything else.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization, '{"ordering": "fifo"}');
  v_first uuid := hera_test.delivery(hera_test.event(a.organization), v_id);
  v_test uuid := hera_webhook_config_v1(a.admin, a.organization, 'TEST', p_webhook_id => v_id) ->> 'delivery_id';
begin
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('w') c where c.organization_id = a.organization) = array[v_first];
  assert hera_test.place(v_test) = 'waiting';
end
$$;
