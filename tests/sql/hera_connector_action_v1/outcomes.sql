-- What becomes of a call: by the provider's answer, and by whether doing it twice does harm.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_installation uuid;
  v_hook uuid;
  v_call uuid;
  v_case record;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Outcomes') o;
  v_installation := hera_test.whatsapp(v_admin, v_org);
  v_hook := (hera_webhook_config_v1(v_admin, v_org, 'CREATE', '{"url": "https://hera-test.example/results", "topics": ["whatsapp-business-cloud.action.*"]}') #>> '{webhook,id}')::uuid;

  -- Success: the result by the result_map, one event in the same transaction, on its way to the webhook.
  v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1650", "body": "hi"}');
  perform hera_test.answer(200, '{"messages": [{"id": "wamid.A1"}]}');
  assert hera_test.outcome(v_call) @> jsonb_build_object('type', 'action.send_text.succeeded', 'action', 'send_text', 'connector_code', 'whatsapp-business-cloud',
    'event_id', hera_internal.delivery_event_id(v_call), 'result', '{"message_id": "wamid.A1"}'::jsonb), hera_test.outcome(v_call)::text;
  assert (select count(*) = 1 from hera.outbox_ready r where r.organization_id = v_org and r.delivery_id <> v_call), 'the result goes to the webhook';
  assert hera_test.answer(200) = 1;
  assert hera_test.place(v_call) is null and (select a.status_code = 200 from hera.attempts a where a.delivery_id = v_call);
  assert (hera_internal.installation_health(v_org, v_installation) ->> 'last_success_at') is not null;

  -- Classes: again at their time, permanent, unknown; a natural action is repeated where a send is not.
  for v_case in
    select * from (values
      ('send_text', 400, '{"error": {"code": 131056, "message": "pair rate"}}', null, 'scheduled', null::text, 4),
      ('send_text', 400, '{"error": {"code": 131047, "message": "window"}}', null, 'dlq', '131047', null::int),
      ('send_text', 500, '{"error": {"code": 131016}}', null, 'scheduled', null, 4),
      ('send_text', 500, '<html>', null, 'dlq', 'outcome_unknown', null),
      ('send_text', 429, null, null, 'scheduled', null, 4),
      ('send_text', null, null, 'connect_failed', 'scheduled', null, null),
      ('send_text', null, null, 'dns_failed', 'scheduled', null, null),
      ('send_text', null, null, 'tls_failed', 'scheduled', null, null),
      ('send_text', null, null, 'timeout', 'dlq', 'outcome_unknown', null),
      ('send_text', null, null, 'reset', 'dlq', 'outcome_unknown', null),
      ('send_text', null, null, 'response_too_slow', 'dlq', 'outcome_unknown', null),
      ('send_text', null, null, 'blocked_address', 'blocked', 'blocked_address', null),
      ('send_text', null, null, 'bad_request', 'dlq', 'bad_request', null),
      ('send_text', 302, null, null, 'dlq', 'http_302', null),
      ('send_text', 201, null, null, 'dlq', 'http_201', null),
      ('mark_read', 500, '<html>', null, 'scheduled', null, 4),
      ('mark_read', null, null, 'timeout', 'scheduled', null, null),
      ('mark_read', null, null, 'reset', 'scheduled', null, null)) c (action, status, body, error, place, reason, wait_s)
  loop
    v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', v_case.action, case v_case.action when 'mark_read' then '{"message_id": "w"}'::jsonb
      else jsonb_build_object('to', gen_random_uuid(), 'body', 'x') end);
    perform hera_test.move_clock('5 seconds');
    perform hera_test.answer(v_case.status, v_case.body, v_case.error);
    assert hera_test.place(v_call) = v_case.place, format('%s: %s', v_case, hera_test.place(v_call));
    if v_case.place = 'scheduled' then
      assert (select v_case.wait_s is null or s.due_at = hera_internal.now() + v_case.wait_s * interval '1 second' from hera.outbox_scheduled s where s.delivery_id = v_call), v_case::text;
      assert hera_test.outcome(v_call) is null, 'nothing is told before the end';
      delete from hera.outbox_scheduled where delivery_id = v_call;
    else
      assert (select d.reason = v_case.reason from hera.dead_letters d where d.delivery_id = v_call), v_case::text;
      assert hera_test.outcome(v_call) ->> 'type' = 'action.send_text.' || case v_case.reason when 'outcome_unknown' then 'unknown' else 'failed' end;
      assert hera_test.outcome(v_call) -> 'error' ? 'class' and not hera_test.outcome(v_call) ? 'result';
    end if;
    assert (select count(*) = 1 and bool_and(a.status_code is null or a.status_code not between 200 and 299) from hera.attempts a where a.delivery_id = v_call);
    perform hera_test.answer(200);
  end loop;
  perform hera_test.check_invariants();

  -- A lost lease: the worker may have sent. The unknown one is sent again only where a person says so.
  v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1650", "body": "once"}');
  perform hera_test.move_clock('1 minute');
  perform from hera_outbox_claim_v1('dies', 10, 0, 10);
  perform hera_test.move_clock('11 seconds');
  assert not exists (select from hera_outbox_claim_v1('next', 10) c where c.delivery_id = v_call);
  assert hera_test.place(v_call) = 'dlq' and hera_test.outcome(v_call) ->> 'type' = 'action.send_text.unknown' and hera_test.outcome(v_call) #>> '{error,code}' = 'lease_lost';
  perform hera_test.move_clock('1 second');
  perform hera_webhook_replay_v1(v_admin, v_org, jsonb_build_object('delivery_ids', jsonb_build_array(v_call)));
  perform hera_test.answer(200, '{"messages": [{"id": "wamid.A2"}]}');
  assert hera_test.place(v_call) is null and hera_test.outcome(v_call) ->> 'type' = 'action.send_text.succeeded';
end
$$;

-- An error in a 2xx answer, a header in the result, the type that the action emits, and a zap that is switched off.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_call uuid;
  v_last uuid;
  v_id uuid;
  v_claim record;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('MoreOutcomes') o;
  perform hera_test.installed(v_admin, v_org, 'hubspot-crm', '{"client_id": "c", "client_secret": "hs-secret-0001"}');
  perform hera_internal.store_secret(v_org, (select id from hera.core_entities where organization_id = v_org and entity_code = 'hubspot-crm'), 'oauth_access_token', 'hs-token-canary-0001');
  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'hubspot-crm', '{"portal_id": "33"}');
  v_call := hera_test.call(v_admin, v_org, 'hubspot-crm', 'upsert_contact', '{"email": "a@b.c"}');
  perform hera_test.answer(207, '{"numErrors": 1, "message": "bad token hs-token-canary-0001"}');
  assert hera_test.place(v_call) = 'dlq' and hera_test.outcome(v_call) @> '{"error": {"class": "permanent", "code": "http_207", "status": 207, "message": "bad token ••••0001"}}';
  assert (select count(*) = 1 and min(d.status) = 'dlq' from hera_internal.deliveries_between(v_org, hera_internal.delivery_event_id(v_call), hera_internal.last_delivery_id(hera_internal.delivery_event_id(v_call)), null, null, 10) d);
  assert not exists (select from hera.attempts a where a.organization_id = v_org and a.response_body like '%canary%');

  -- HubSpot's 401: the token is renewed where it can be, and the call is made again with the new one; one refusal costs one attempt.
  v_id := (select e.id from hera.core_entities e where e.organization_id = v_org and e.entity_code = 'hubspot-crm');
  perform hera_internal.store_secret(v_org, v_id, 'oauth_refresh_token', 'hs-refresh-0001');
  perform hera_test.move_clock('10 minutes');
  v_call := hera_test.call(v_admin, v_org, 'hubspot-crm', 'create_deal', '{"properties": {"n": "d"}}');
  perform hera_test.answer(401, '{"category": "EXPIRED_AUTHENTICATION"}');
  assert hera_test.place(v_call) = 'scheduled' and hera_test.outcome(v_call) is null;
  assert exists (select from hera.connector_tasks t where t.installation_id = v_id and t.kind = 'refresh' and t.due_at <= hera_internal.now());
  perform hera_internal.store_secret(v_org, v_id, 'oauth_access_token', 'hs-token-canary-0002');
  perform hera_test.move_clock('6 seconds');
  select c.* into v_claim from hera_outbox_claim_v1('test', 10) c where c.delivery_id = v_call;
  assert v_claim.attempt = 2 and hera_test.credentials(v_claim.credentials) #>> '{headers,Authorization}' = 'Bearer hs-token-canary-0002';

  -- The new one is refused as well: a person is needed. The call waits, and is made when there is a token again.
  perform hera_outbox_finish_v1(array[v_claim.lease_id], array[v_call], '{401}', '{5}', '{null}', '{null}', '{null}', '{null}');
  perform hera_test.move_clock('61 seconds');
  assert not exists (select from hera_outbox_claim_v1('test', 100) c where c.delivery_id = v_call) and (select e.status = 'reauth_required' from hera.core_entities e where e.organization_id = v_org and e.id = v_id);
  assert hera_webhook_deliveries_v1(v_admin, v_org, jsonb_build_object('webhook_id', v_id)) #>> '{deliveries,0,status}' = 'failed'
    and hera_webhook_deliveries_v1(v_admin, v_org, jsonb_build_object('webhook_id', v_id)) #>> '{deliveries,0,attempts}' = '2';
  perform hera_internal.store_secret(v_org, v_id, 'oauth_access_token', 'hs-token-canary-0003');
  perform hera_internal.set_installation_status(v_admin, v_org, v_id, 'active');
  perform hera_test.move_clock('61 seconds');
  assert hera_test.answer(201, '{"id": "9"}') > 0;
  assert hera_test.outcome(v_call) @> '{"type": "action.create_deal.succeeded", "result": {"deal_id": "9"}}';

  -- Zapier: its own event, then 410.
  perform hera_test.zapier(v_admin, v_org);
  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  perform hera_test.answer(200, '{"request_id": "r"}');
  assert hera_test.outcome(v_call) @> '{"type": "trigger_sent", "result": {"request_id": "r"}}';
  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  v_last := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "late"}');
  update hera.outbox_ready set position = default where delivery_id = v_last;
  perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], array[410], array[7], array[null], array[null], array[null]::int[]) from hera_outbox_claim_v1('test', 1) c;
  assert (select e.status = 'error' from hera.core_entities e where e.organization_id = v_org and e.entity_code = 'zapier-webhook');
  assert (select w.status = 'disabled' from hera.webhooks w where w.organization_id = v_org and w.connector_code = 'zapier-webhook' and w.kind = 'channel');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}'), 'PT409', 'connector.error');
  assert hera_test.answer(200) = 0;
  assert hera_test.place(v_last) = 'disabled' and hera_test.outcome(v_last) #>> '{error,code}' = 'connector_error', 'what waits is not lost in silence';
end
$$;

-- A fault that only shows at the claim stops that call and no other.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_bad uuid;
  v_good uuid;
  v_plain uuid;
  v_hook uuid;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Faults') o;
  perform hera_test.zapier(v_admin, v_org);
  perform hera_test.whatsapp(v_admin, v_org);
  v_bad := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'mark_read', '{"message_id": "w"}');
  v_good := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  v_hook := (hera_webhook_config_v1(v_admin, v_org, 'CREATE', '{"url": "https://hera-test.example/shop", "topics": ["shop.*"]}') #>> '{webhook,id}')::uuid;
  v_plain := hera_test.delivery(hera_test.event(v_org), v_hook);
  update hera.core_dynamic_data d set field_value_json = d.field_value_json - 'phone_number_id'
  where d.organization_id = v_org and d.field_name = 'installation_config' and d.field_value_json ? 'phone_number_id';
  assert (select array_agg(c.delivery_id order by c.url) = array[v_plain, v_good] from hera_outbox_claim_v1('test', 10) c);
  assert (select d.reason = 'request.incomplete' and d.attempts = 0 from hera.dead_letters d where d.delivery_id = v_bad);
  assert hera_test.outcome(v_bad) ->> 'type' = 'action.mark_read.failed';
end
$$;

-- A secret at the place where a text is cut is masked as well: half of one would be found by nobody.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_call uuid;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Cut') o;
  perform hera_test.whatsapp(v_admin, v_org);
  v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'mark_read', '{"message_id": "w"}');
  perform hera_test.answer(400, '{"error": {"code": 100, "message": "' || repeat('x', 490) || 'wa-token-canary-0001"}, "pad": "' || repeat('x', 16384 - 545) || 'wa-token-canary-0001"}');
  assert hera_test.outcome(v_call) #>> '{error,message}' like '%xx••••0001' and hera_test.outcome(v_call)::text not like '%wa-tok%';
  assert (select length(a.response_body) = 16384 and a.response_body not like '%wa-tok%' from hera.attempts a where a.delivery_id = v_call);
end
$$;

-- A call that can't be settled stops nobody.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_call uuid;
  v_hook uuid;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Unsettled') o;
  v_hook := hera_test.zapier(v_admin, v_org);
  v_call := hera_test.call(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  perform hera_test.move_clock('0');
  perform from hera_outbox_claim_v1('dies', 10, 0, 10);
  update hera.connector_versions v set config = jsonb_set(v.config, '{errors}', '[{"when": {"jsonpath": "$..."}, "class": "retry"}, {"when": {"jsonpath": "no path ("}, "class": "retry"}]')
  where v.config ->> 'name' like 'Zapier%';
  perform hera_outbox_finish_v1(array[l.id], array[v_call], '{500}', '{5}', '{null}', '{null}', '{null}', '{null}') from hera.outbox_leases l where v_call = any (l.delivery_ids);
  assert hera_test.place(v_call) = 'dlq' and (select d.reason = 'settle_failed' from hera.dead_letters d where d.delivery_id = v_call);
end
$$;
