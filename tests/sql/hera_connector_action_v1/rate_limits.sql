-- Limits: of an installation by its bucket, of a recipient by slots, and of the provider's own telling.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_calls uuid[];
  v_last uuid;
begin
  -- No window of 10 s may see more than 110: 11 at once, and 9.9 a second.
  assert (select (r.per_second, r.burst) = (9.9, 11) from hera_internal.call_rate('{"rate_limits": [{"scope": "portal", "limit": 110, "window_s": 10}]}') r);
  assert (select (r.per_second, r.burst) = (0.166667, 1) from hera_internal.call_rate('{"rate_limits": [{"scope": "s", "limit": 1, "window_s": 6}]}') r);
  assert (select r.per_second = 27 from hera_internal.call_rate('{"rate_limits": [{"scope": "user", "limit": 10000, "window_s": 300}, {"scope": "hook", "limit": 30, "window_s": 1}]}') r);
  assert (select r.per_second is null from hera_internal.call_rate('{"rate_limits": [{"scope": "s", "limit": 1, "window_s": 6, "key": "$.to"}, {"scope": "u", "limit": 1, "window_s": 1, "enforce": false}]}') r);

  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Limits') o;
  perform hera_test.move_clock('0');
  v_id := hera_test.whatsapp(v_admin, v_org);
  -- One recipient every 6 s; others at once.
  for i in 1 .. 3 loop
    v_last := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1650", "body": "hi"}');
    assert case i when 1 then hera_test.place(v_last) = 'ready'
      else (select s.due_at = hera_internal.now() + (i - 1) * interval '6 seconds' and s.attempt = 1 from hera.outbox_scheduled s where s.delivery_id = v_last) end, i::text;
  end loop;
  assert hera_test.place(hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1651", "body": "hi"}')) = 'ready';
  assert hera_test.place(hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'mark_read', '{"message_id": "w"}')) = 'ready', 'no recipient, no slot';
  assert hera_test.answer(200, '{"messages": [{"id": "w"}]}') = 3;
  perform hera_test.move_clock('2 hours');
  perform hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1652", "body": "hi"}');
  assert (select count(*) = 1 from hera.call_slots s where s.installation_id = v_id), 'what is over is forgotten';
  perform hera_test.answer(200, '{"messages": [{"id": "w"}]}');

  -- HubSpot says that nothing remains: calls wait, at no cost; 429 holds them back too.
  v_id := hera_test.installed(v_admin, v_org, 'hubspot-crm', '{"client_id": "c", "client_secret": "hs-secret-0001"}');
  perform hera_internal.store_secret(v_org, v_id, 'oauth_access_token', 'hs-token');
  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'hubspot-crm', '{}');
  perform hera_test.call(v_admin, v_org, 'hubspot-crm', 'upsert_contact', '{"email": "a@b.c"}');
  perform hera_test.answer(200, '{"results": [{"id": "1"}]}', null, '{"x-hubspot-ratelimit-remaining": "0"}');
  v_last := hera_test.call(v_admin, v_org, 'hubspot-crm', 'upsert_contact', '{"email": "a@b.c"}');
  assert hera_test.answer(200) = 0;
  assert (select s.due_at = hera_internal.now() + interval '10 seconds' and s.attempt = 1 from hera.outbox_scheduled s where s.delivery_id = v_last);
  perform hera_test.move_clock('10 seconds');
  assert hera_test.answer(429, '{"policyName": "DAILY"}', null, '{"x-hubspot-ratelimit-remaining": "7"}') = 1;
  v_last := hera_test.call(v_admin, v_org, 'hubspot-crm', 'upsert_contact', '{"email": "b@b.c"}');
  assert hera_test.answer(200) = 0;
  assert (select s.due_at = (date_trunc('day', hera_internal.now() at time zone 'UTC') + interval '1 day') at time zone 'UTC' from hera.outbox_scheduled s where s.delivery_id = v_last);
  assert hera_internal.used_up_until(hera_internal.installed_definition(v_org, v_id), '{"x-hubspot-ratelimit-remaining": "many"}', now()) is null;
  assert (select hera_internal.used_up_until(d.field_value_json, x.headers, now()) is not null = x.used_up
    from core_entities e join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config'
    cross join (values ('{"x-app-usage": "{\"call_count\": 100, \"total_time\": 25}"}'::jsonb, true)) x (headers, used_up)
    where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = 'meta-graph-api');
end
$$;
