-- The walker: hostile and odd bodies give no event and no error; items of several tenants in one body keep their own accounts.
do $$
declare
  v_inbound jsonb;
  v_body jsonb;
  v_code text;
begin
  for v_code, v_inbound in
    select e.entity_code, d.field_value_json -> 'inbound' from core_entities e
    join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config' where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code not in ('zapier-webhook', 'generic-webhook')
  loop
    foreach v_body in array array['{}', '[]', 'null', '"x"', '7', '[null]', '{"entry": 1}', '{"entry": [{"changes": "x"}]}', '{"object": "page", "entry": [{}]}',
      '{"type": []}', '[{"subscriptionType": {}}]', '{"object": "page", "entry": [{"id": "1", "changes": [{"field": "feed", "value": {"verb": "add", "item": 7, "from": []}}]}]}']::jsonb[]
    loop
      assert not exists (select from hera_internal.inbound_events(v_inbound, v_body)), v_code || v_body::text;
    end loop;
  end loop;

  select d.field_value_json -> 'inbound' into v_inbound from core_entities e join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config'
  where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = 'whatsapp-business-cloud';
  assert (select array_agg(i.account_ref || ' ' || i.event_key || ' ' || (i.event_data ->> 'n') order by i.event_key) from hera_internal.inbound_events(v_inbound, '{"entry": [
      {"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "1"}, "messages": [{"id": "a", "n": 1}, {"id": "b", "n": 2}]}}]},
      {"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "2"}, "messages": [{"id": "c", "n": 3}]}}, {"field": "other", "value": {"messages": [{"id": "d"}]}}]}]}') i)
    = array['1 a 1', '1 b 2', '2 c 3'];

  -- A key whose parts are all absent is no key: the caller falls back to another, and does not take all such events for one.
  select d.field_value_json -> 'inbound' into v_inbound from core_entities e join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config'
  where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = 'zapier-webhook';
  assert (select array_agg(coalesce(i.event_key, 'none') || ' ' || i.event_type order by i.event_type) from hera_internal.inbound_events(v_inbound, '{"workflow": 1}') i)
    = array['none webhook_received', 'none workflow_triggered'];
end
$$;

-- HubSpot's URI: twelve codes, either case, one pass.
do $$
begin
  assert hera_internal.hubspot_uri('https://h/%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%3a%2f') = 'https://h/:/?@!$''()*,;:/';
  assert hera_internal.hubspot_uri('https://h/%20%26%3D%25%253A%2525%zz%') = 'https://h/%20%26%3D%25%253A%2525%zz%';
end
$$;
