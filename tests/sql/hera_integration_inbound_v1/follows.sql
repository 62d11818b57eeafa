-- What follows from callbacks: WhatsApp's statuses settle sends of which nobody knew, a lead is completed by a call; what comes again follows once.
create function pg_temp.callback(p_code text, p_secret text, p_body text) returns jsonb
language sql
as $$
  select hera_integration_inbound_v1('POST', 'https://hera.example.com/in', jsonb_build_object('X-Hub-Signature-256',
    'sha256=' || encode(hmac(convert_to(p_body, 'UTF8'), convert_to(p_secret, 'UTF8'), 'sha256'), 'hex')), convert_to(p_body, 'UTF8'), p_code);
$$;

do $$
declare
  v_org uuid;
  v_admin uuid;
  v_call uuid;
  v_body text;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Follows') o;
  perform hera_test.whatsapp(v_admin, v_org);
  v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "16505551234", "body": "hi"}');
  perform hera_test.answer(null, null, 'timeout');
  assert hera_test.place(v_call) = 'dlq';
  perform hera_test.move_clock('1 second');
  v_body := format('{"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "106540352242922"},
    "statuses": [{"id": "wamid.B1", "status": "sent", "timestamp": "1767225602", "recipient_id": "16505551234", "biz_opaque_callback_data": "%s"}]}}]}]}', v_call);
  for i in 1 .. 2 loop
    assert pg_temp.callback('whatsapp-business-cloud', 'wa-app-secret-0001', v_body) -> 'status' = '200';
    assert hera_test.place(v_call) is null and hera_test.outcome(v_call) @> '{"type": "action.send_text.succeeded", "result": {"message_id": "wamid.B1", "reconciled": true}}';
  end loop;
  assert (select count(*) = 1 from hera.events e where e.organization_id = v_org and e.event_type = 'action.send_text.succeeded');

  perform hera_test.installed(v_admin, v_org, 'meta-graph-api', '{"app_id": "app", "app_secret": "meta-app-secret-0001", "webhook_verify_token": "verify-0001",
    "page_access_token": "EAATESTTOKEN", "page_id": "153125381133"}');
  v_body := '{"object": "page", "entry": [{"id": "153125381133", "time": 1767225601, "changes": [{"field": "leadgen", "value": {"leadgen_id": "123123123123", "page_id": "153125381133", "created_time": 1767225600}}]}]}';
  for i in 1 .. 2 loop
    assert pg_temp.callback('meta-graph-api', 'meta-app-secret-0001', v_body) -> 'status' = '200';
  end loop;
  assert (select count(*) = 1 from hera.outbox_ready r where r.organization_id = v_org), 'one call for the lead';
  perform hera_test.answer(200, '{"field_data": [{"name": "email", "values": ["a@b.c"]}]}');
  assert (select e.event_data::jsonb @> jsonb_build_object('result', '{"lead": {"field_data": [{"name": "email", "values": ["a@b.c"]}]}}'::jsonb, 'enriches', l.id)
    from hera.events e join hera.events l on l.organization_id = v_org and l.event_type = 'lead_generated'
    where e.organization_id = v_org and e.event_type = 'action.fetch_lead.succeeded');
end
$$;
