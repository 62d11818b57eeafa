-- hera_internal.send_test: an event hera.webhook.test for one webhook, whatever its topics and filter.
create or replace function hera_internal.send_test(p_actor_user_id uuid, p_webhook hera.webhooks)
returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_event_id uuid := hera_internal.new_id(v_now);
begin
  perform hera_internal.durable();
  if p_webhook.status <> 'active' then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook is ' || p_webhook.status || '.', 'Enable it first with operation ENABLE.');
  end if;
  insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
  values (p_webhook.organization_id, v_event_id, v_now, p_actor_user_id, 1, 'processed', 'hera', 'webhook.test',
    'HERA.INTEGRATION.EVENT.WEBHOOK.TEST.v1', jsonb_build_object('webhook_id', p_webhook.id, 'message', 'A test of this webhook.'));
  if p_webhook.ordering = 'fifo' then
    perform hera_internal.enqueue_aside(p_webhook.organization_id, v_event_id, array[p_webhook.webhook_no], null, v_now);
  else
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    values (p_webhook.organization_id, hera_internal.delivery_id(v_event_id, p_webhook.webhook_no), 1, 0);
  end if;
  return jsonb_build_object('success', true, 'event_id', v_event_id,
    'delivery_id', hera_internal.delivery_id(v_event_id, p_webhook.webhook_no));
end
$$;
comment on function hera_internal.send_test(uuid, hera.webhooks) is 'Enqueues a test event for one webhook.';
