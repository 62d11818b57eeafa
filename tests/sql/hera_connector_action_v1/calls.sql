-- A call: its event, its one delivery, its idempotency key, and what refuses it.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_installation uuid;
  v_hook uuid;
  v_answer jsonb;
  v_claim record;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Calls') o;
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap'), 'PT404', 'not_found');
  v_installation := hera_test.zapier(v_admin, v_org);
  v_hook := (hera_webhook_config_v1(v_admin, v_org, 'CREATE', '{"url": "https://hera-test.example/all"}') #>> '{webhook,id}')::uuid;

  v_answer := hera_connector_action_v1(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}', '{"idempotency_key": "k1"}');
  assert v_answer @> '{"success": true, "duplicate": false, "status": "pending", "connector_code": "zapier-webhook", "action": "trigger_zap"}', v_answer::text;
  assert (select e.event_data::jsonb = '{"event": "e", "data": {}}' and e.event_type = 'action.trigger_zap' and e.installation_id = v_installation and e.deliveries = 1
    from hera.events e where e.id = (v_answer ->> 'event_id')::uuid), 'the defaults are part of the call';
  assert (select count(*) = 1 from hera.outbox_ready r where r.organization_id = v_org), 'a call goes to no webhook, whatever its topics';

  -- The same key: the first call, and its status of now. Another input: refused.
  assert hera_connector_action_v1(v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e", "data": {}}', '{"idempotency_key": "k1"}')
    @> jsonb_build_object('duplicate', true, 'event_id', v_answer -> 'event_id', 'delivery_id', v_answer -> 'delivery_id');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "f"}', '{"idempotency_key": "k1"}'),
    'PT422', 'idempotency.mismatch');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "f"}', '{"idempotency_key": "hera.x"}'),
    'PT400', 'options.invalid');

  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', x.input), 'PT400', 'input.invalid')
  from (values ('{}'), ('{"event": 7}'), ('{"event": "e", "other": 1}'), ('{"event": "e", "data": []}'), ('[]'), ('7')) x (input);
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'other'), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}', '{"key": "x"}'), 'PT400', 'options.unknown');

  -- Members may not; nobody calls another's installation.
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', hera_test.member(v_org), v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}'), 'PT403', 'permission_denied');
  perform hera_test.call(hera_test.member(v_org, 'integration_manager'), v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', (select admin from hera_test.organization('Others')), v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}'),
    'PT403', 'actor_not_member');

  -- What is claimed: the request as a whole is sealed, and nothing else shows the address.
  select * into v_claim from hera_outbox_claim_v1('test', 1) c;
  assert v_claim.delivery_id = (v_answer ->> 'delivery_id')::uuid and v_claim.url = 'https://hooks.zapier.com/' and v_claim.body = '' and to_jsonb(v_claim)::text not like '%zap-canary%';
  assert (select o.r ->> 'url' = 'https://hooks.zapier.com/hooks/catch/1/zap-canary-0001/' and o.r ->> 'method' = 'POST'
      and (o.r ->> 'body')::jsonb = jsonb_build_object('id', v_answer -> 'delivery_id', 'event', 'e', 'data', '{}'::jsonb)
    from (select hera_test.credentials(v_claim.credentials) as r) o);

  -- What an installation can't do is refused with what helps.
  perform hera_test.connector(v_admin, v_org, 'PAUSE', 'zapier-webhook');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}'), 'PT409', 'connector.paused');
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'zapier-webhook');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'zapier-webhook', 'trigger_zap', '{"event": "e"}'), 'PT404', 'not_found');
  perform hera_test.installed(v_admin, v_org, 'hubspot-crm', '{"client_id": "c", "client_secret": "hs-secret-0001"}');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'hubspot-crm', 'upsert_contact', '{"email": "a@b.c"}'), 'PT409', 'connector.pending_auth');
end
$$;

-- What the request needs of the installation is told to the caller, not to a dead letter.
do $$
declare
  v_org uuid;
  v_admin uuid;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Incomplete') o;
  perform hera_test.installed(v_admin, v_org, 'meta-graph-api', '{"app_id": "a", "app_secret": "meta-app-secret-0001", "webhook_verify_token": "verify-0001", "page_access_token": "EAATESTTOKEN"}');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'meta-graph-api', 'publish_post', '{"message": "m"}'), 'PT400', 'request.incomplete');
  perform hera_test.raises(format('select hera_test.call(%L, %L, %L, %L, %L)', v_admin, v_org, 'meta-graph-api', 'fetch_lead', '{"leadgen_id": ".."}'), 'PT400', 'request.url');
end
$$;
