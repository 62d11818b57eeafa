-- The five definitions: names of the guide, field names, which are secret and which required, events, smart codes, actions.
do $$
declare
  v record;
  v_config jsonb;
  v_fields text;
begin
  for v in
    select * from (values
      ('whatsapp-business-cloud', 'WhatsApp Business Cloud API', 'api_key',
        'access_token*! phone_number_id! business_account_id! webhook_verify_token*! app_secret*!',
        array['message_received', 'message_delivered', 'message_read', 'status_update'], 'HERA.WHATSAPP.EVENT.', array['send_text', 'send_template', 'mark_read']),
      ('linkedin-api', 'LinkedIn Marketing API', 'oauth2', 'client_id! client_secret*! organization_urn sponsored_account_urn scopes',
        array['lead_generated', 'connection_made', 'post_engagement', 'campaign_updated'], 'HERA.LINKEDIN.EVENT.', array['create_post', 'fetch_lead', 'subscribe_leads']),
      ('meta-graph-api', 'Meta (Facebook) Graph API', 'oauth2', 'app_id! app_secret*! webhook_verify_token*! page_access_token* page_id scopes',
        array['page_message_received', 'post_published', 'lead_generated', 'instagram_mention'], 'HERA.META.EVENT.',
        array['send_page_message', 'publish_post', 'fetch_lead', 'subscribe_page']),
      ('zapier-webhook', 'Zapier Webhooks', 'webhook', 'webhook_url*! auth_header* inbound_token*',
        array['webhook_received', 'trigger_sent', 'workflow_triggered'], 'HERA.ZAPIER.EVENT.', array['trigger_zap']),
      ('hubspot-crm', 'HubSpot CRM API', 'oauth2', 'client_id! client_secret*! portal_id scopes',
        array['contact_created', 'deal_created', 'company_updated', 'form_submitted'], 'HERA.HUBSPOT.EVENT.',
        array['upsert_contact', 'create_deal', 'update_company', 'submit_form'])) d (code, name, auth, fields, events, smart_codes, actions)
  loop
    select d.field_value_json into v_config
    from core_entities e join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config'
    where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = v.code and e.entity_name = v.name and e.status = 'active';
    assert v_config ->> 'status' = 'active' and v_config #>> '{auth,type}' = v.auth, v.code;
    select string_agg((f ->> 'name') || case when (f -> 'secret')::boolean then '*' else '' end || case when (f -> 'required')::boolean then '!' else '' end, ' ' order by n)
    into v_fields from jsonb_array_elements(v_config -> 'fields') with ordinality x (f, n);
    assert v_fields = v.fields, v.code || ': ' || v_fields;
    assert (select array_agg(e ->> 'type') from jsonb_array_elements(v_config #> '{inbound,events}') e) = v.events, v.code;
    assert (select bool_and(e ->> 'smart_code' = v.smart_codes || upper(replace(e ->> 'type', '_', '.')) || '.v1') from jsonb_array_elements(v_config #> '{inbound,events}') e), v.code;
    assert (select array_agg(x ->> 'code') from jsonb_array_elements(v_config -> 'actions') x) = v.actions, v.code;
    assert jsonb_array_length(v_config -> 'rate_limits') > 0 and jsonb_array_length(v_config -> 'errors') > 0 and jsonb_array_length(v_config -> 'samples') > 0
      and jsonb_array_length(v_config -> 'test_vectors') > 0, v.code;
    assert hera_internal.definition_fault(v_config) is null, v.code;
    assert v_config -> 'requires_assignment' is null, 'the five are open';
    -- Every event that a provider has no callback for says so.
    assert not exists (select from jsonb_array_elements(v_config #> '{inbound,events}') e where not e ? 'each' and (not e ? 'origin' or not e ? 'note')), v.code;
    assert (select array_agg(x order by x) from unnest(v.events) x) = (
      select array_agg(split_part(t, '.', 2) order by 1) from unnest(hera_test.links((select id from core_entities where entity_type = 'INTEGRATION_CONNECTOR_DEF' and entity_code = v.code), 'CONNECTOR_SUPPORTS')) t), v.code;
  end loop;
end
$$;
