-- A channel is no webhook: nothing that is about webhooks shows it, takes it or changes it; its calls are seen where deliveries are.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_call uuid;
  v_event uuid;
  v_document jsonb;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Channels') o;
  v_id := hera_test.zapier(v_admin, v_org);
  assert (select w.kind = 'channel' and w.topics = '{}' and w.url = 'connector:zapier-webhook' and w.rate_limit_per_second = 27 and w.rate_burst = 3 from hera.webhooks w where w.id = v_id);
  assert hera_webhook_config_v1(v_admin, v_org) -> 'webhooks' = '[]';
  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, %L, %L, null, %L)', v_admin, v_org, x.op, x.config, v_id), 'PT404', 'not_found')
  from (values ('GET', '{}'), ('UPDATE', '{"topics": ["*"]}'), ('DELETE', '{}'), ('ENABLE', '{}'), ('TEST', '{}'), ('ROTATE_SECRET', '{}')) x (op, config);
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, %L)', v_admin, v_org, v_id), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_webhook_delivery_log_v1(%L, %L, %L, 200, null, 1)', hera_test.event(v_org), v_id, v_org), 'PT404', 'not_found');
  assert hera_webhook_get_by_topic_v1(v_org, 'zapier-webhook.action.trigger_zap') = '[]';
  assert hera_monitor_overview_v1(v_admin, v_org) @> '{"webhooks_active": 0}' or (hera_monitor_overview_v1(v_admin, v_org) -> 'overview' -> 'webhooks_active')::int = 0;

  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  assert hera_webhook_deliveries_v1(v_admin, v_org, jsonb_build_object('webhook_id', v_id)) #> '{deliveries,0}'
    @> jsonb_build_object('id', v_call, 'connector_code', 'zapier-webhook', 'action', 'trigger_zap', 'status', 'pending');
  assert hera_event_explain_v1(v_admin, v_org, hera_internal.delivery_event_id(v_call)) #> '{webhooks,0}' @> jsonb_build_object('webhook_id', v_id, 'delivery', jsonb_build_object('id', v_call));
  perform hera_test.answer(404);
  assert hera_webhook_logs_v1(v_admin, v_org) #> '{logs,0}' @> '{"action": "trigger_zap", "status_code": 404, "error": "http_404"}';
  assert hera_webhook_dead_letters_v1(v_admin, v_org) #> '{dead_letters,0}' @> '{"action": "trigger_zap", "reason": "http_404"}';

  -- Nothing is sent to a webhook that is made later, and no call is made again by period.
  v_event := (hera_webhook_config_v1(v_admin, v_org, 'CREATE', '{"url": "https://hera-test.example/all"}') #>> '{webhook,id}')::uuid;
  assert (hera_replay_job_v1(v_admin, v_org, 'COUNT', jsonb_build_object('webhook_id', v_event, 'missed', true)) #>> '{count}')::int
    = (select count(*) from hera.events e where e.organization_id = v_org and e.event_type <> 'action.trigger_zap'), 'calls are not missed by anybody';
  perform hera_test.raises(format('select hera_replay_job_v1(%L, %L, %L, %L)', v_admin, v_org, 'COUNT', jsonb_build_object('webhook_id', v_id, 'since', hera_internal.now() - interval '1 day')), 'PT400', 'replay.invalid');
  assert (hera_replay_job_v1(v_admin, v_org, 'COUNT', jsonb_build_object('webhook_id', v_id, 'dead_letters', true)) #>> '{count}')::int = 1;

  -- Paused, the calls wait; resumed, they go; uninstalled, they are recorded as not sent.
  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  perform hera_test.connector(v_admin, v_org, 'PAUSE', 'zapier-webhook');
  perform hera_test.move_clock('0');
  perform from hera_outbox_claim_v1('test', 10);
  assert hera_test.place(v_call) = 'scheduled'
    and hera_webhook_deliveries_v1(v_admin, v_org, jsonb_build_object('webhook_id', v_id)) #>> '{deliveries,0,reason}' = 'connector_paused';
  perform hera_test.connector(v_admin, v_org, 'RESUME', 'zapier-webhook');
  perform hera_test.move_clock('61 seconds');
  assert exists (select from hera_outbox_claim_v1('test', 10) c where c.delivery_id = v_call and c.attempt = 1), 'waiting costs no attempt';
  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'zapier-webhook');
  perform from hera_outbox_claim_v1('test', 10);
  assert hera_test.place(v_call) = 'disabled' and (select d.reason = 'connector_inactive' from hera.dead_letters d where d.delivery_id = v_call);

  -- Installed again: a channel of its own, the webhooks keep theirs.
  v_id := hera_test.zapier(v_admin, v_org);
  assert (select count(*) = 2 and count(*) filter (where w.status = 'active') = 1 from hera.webhooks w where w.organization_id = v_org and w.kind = 'channel');
  assert (select bool_and(w.installation_id = w.id) from hera.webhooks w where w.organization_id = v_org and w.kind = 'channel');
  v_document := hera_integration_export_v1(v_admin, v_org, '{"secrets": false}');
  assert v_document::text not like '%connector:zapier%' and v_document::text not like '%zap-canary%';
end
$$;

-- A call waits no longer than a day for its installation.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_call uuid;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Waiting') o;
  perform hera_test.zapier(v_admin, v_org);
  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  perform hera_test.connector(v_admin, v_org, 'PAUSE', 'zapier-webhook');
  perform hera_test.move_clock('25 hours');
  perform from hera_outbox_claim_v1('test', 10);
  assert hera_test.place(v_call) = 'disabled' and (select d.reason = 'connector_paused' from hera.dead_letters d where d.delivery_id = v_call);
end
$$;
