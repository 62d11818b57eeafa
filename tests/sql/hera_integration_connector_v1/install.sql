-- INSTALL: what it answers and what it writes.
do $$
declare
  a record := hera_test.organization('A');
  v_manager uuid := hera_test.member(a.organization, 'integration_manager');
  v jsonb := hera_test.connector(v_manager, a.organization, 'INSTALL', 'whatsapp-business-cloud', '{"access_token": "canary-access-token", "phone_number_id": "106540352242922",
    "business_account_id": "102290129340398", "webhook_verify_token": "canary-verify", "app_secret": "canary-app-secret"}');
  v_id uuid := v #>> '{installation,id}';
begin
  assert v @> '{"success": true, "installation": {"code": "whatsapp-business-cloud", "type": "INTEGRATION_CONNECTOR_INSTALL", "name": "WhatsApp Business Cloud API", "status": "active",
    "config": {"access_token": "••••oken", "phone_number_id": "106540352242922", "business_account_id": "102290129340398", "webhook_verify_token": "••••rify", "app_secret": "••••cret"},
    "health": {"last_success_at": null, "last_error": null, "token_expires_at": null}}}', v::text;
  assert (select (e.organization_id, e.entity_type, e.entity_code, e.status, e.created_by) from core_entities e where e.id = v_id)
    = (a.organization, 'INTEGRATION_CONNECTOR_INSTALL'::text, 'whatsapp-business-cloud'::text, 'active'::text, v_manager);
  assert (select d.field_value_text from core_dynamic_data d where d.entity_id = v_id and d.field_name = 'status') = 'active';
  assert (select d.field_value_json from core_dynamic_data d where d.entity_id = v_id and d.field_name = 'installation_config') = v #> '{installation,config}';

  -- The relationships that the contract names.
  assert hera_test.links(v_id, 'CONNECTOR_BASED_ON') = array['whatsapp-business-cloud'];
  assert (select r.to_entity_id from core_relationships r where r.from_entity_id = v_id and r.relationship_type = 'CONNECTOR_INSTALLED_BY') = a.organization
    and (select e.entity_type from core_entities e where e.id = a.organization) = 'ORGANIZATION';
  assert (select (r.to_entity_id, r.organization_id) from core_relationships r where r.from_entity_id = v_manager and r.relationship_type = 'INTEGRATION_MANAGES')
    = (v_id, a.organization);

  -- Secrets are sealed, and open to what was given.
  assert (select jsonb_object_agg(s.name, hera_internal.unseal(s.sealed)) from hera.secrets s where s.entity_id = v_id and s.organization_id = a.organization)
    = '{"access_token": "canary-access-token", "webhook_verify_token": "canary-verify", "app_secret": "canary-app-secret"}';

  -- Events by the connector are its events.
  assert hera_integration_event_in_v1(a.admin, a.organization, 'whatsapp', 'message_received', '{}', 'whatsapp-business-cloud')
    @> jsonb_build_object('connector_id', v_id, 'connector_installed', true, 'smart_code', 'HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1');
end
$$;

-- OAuth: pending until it is done; a token given at once stands for it. Inbound works meanwhile.
do $$
declare
  a record := hera_test.organization('A');
  v_linkedin jsonb := hera_test.connector(a.admin, a.organization, 'INSTALL', 'linkedin-api', '{"client_id": "c", "client_secret": "a-long-client-secret"}');
  v_meta jsonb := hera_test.connector(a.admin, a.organization, 'INSTALL', 'meta-graph-api', '{"app_id": "1", "app_secret": "s", "webhook_verify_token": "t"}');
begin
  assert v_linkedin #>> '{installation,status}' = 'pending_auth' and v_meta #>> '{installation,status}' = 'pending_auth';
  assert hera_integration_event_in_v1(a.admin, a.organization, 'linkedin', 'lead_generated', '{}', 'linkedin-api') @> '{"connector_installed": true}';
  assert hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'meta-graph-api', '{"page_access_token": "EAATESTTOKEN"}')
    @> '{"installation": {"status": "active", "config": {"page_access_token": "••••OKEN", "app_secret": "••••"}}}';
  assert hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'meta-graph-api', '{"page_access_token": null}') @> '{"installation": {"status": "pending_auth"}}';
  -- What the authorization will leave behind.
  perform hera_internal.store_secret(a.organization, (v_linkedin #>> '{installation,id}')::uuid, 'oauth_access_token', 'x');
  perform hera_test.connector(a.admin, a.organization, 'PAUSE', 'linkedin-api');
  assert hera_test.connector(a.admin, a.organization, 'RESUME', 'linkedin-api') @> '{"installation": {"status": "active"}}';
end
$$;

-- A secret that is made if absent: there, unguessable, shown once to whoever caused it, and masked from then on.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb := hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abcd/"}');
  v_made constant text := v #>> '{made_secrets,inbound_token}';
begin
  assert v @> '{"installation": {"status": "active"}}' and v #>> '{installation,config,inbound_token}' ~ '^••••.{4}$' and v #>> '{installation,config,webhook_url}' = '••••bcd/', v::text;
  assert v_made ~ '^whsec_.{32}$' and (v -> 'installation')::text not like '%' || v_made || '%';
  assert (select hera_internal.unseal(s.sealed) from hera.secrets s where s.entity_id = (v #>> '{installation,id}')::uuid and s.name = 'inbound_token') = v_made;
  assert hera_test.connector(a.admin, a.organization, 'GET', 'zapier-webhook')::text not like '%' || v_made || '%';
  -- CONFIGURE leaves it, makes another where it is taken out, and takes one's own.
  assert not hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'zapier-webhook', '{"auth_header": "Bearer something-long"}') ? 'made_secrets';
  assert (select hera_internal.unseal(s.sealed) from hera.secrets s where s.entity_id = (v #>> '{installation,id}')::uuid and s.name = 'inbound_token') = v_made;
  v := hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'zapier-webhook', '{"inbound_token": null}');
  assert v #>> '{made_secrets,inbound_token}' <> v_made;
  assert (select hera_internal.unseal(s.sealed) from hera.secrets s where s.entity_id = (v #>> '{installation,id}')::uuid and s.name = 'inbound_token')
    = v #>> '{made_secrets,inbound_token}';
  assert not hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'zapier-webhook', '{"inbound_token": "one-of-my-own-0001"}') ? 'made_secrets';
end
$$;

-- A repetition of the call that made it shows its mask.
do $$
declare
  a record := hera_test.organization('A');
  v_config constant jsonb := '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abcd/"}';
  v_first jsonb;
  v_again jsonb;
begin
  v_first := hera_integration_connector_v1(a.admin, a.organization, 'INSTALL', p_connector_code => 'zapier-webhook',
    p_installation_config => v_config, p_options => '{"idempotency_key": "k"}');
  v_again := hera_integration_connector_v1(a.admin, a.organization, 'INSTALL', p_connector_code => 'zapier-webhook',
    p_installation_config => v_config, p_options => '{"idempotency_key": "k"}');
  assert v_first @> '{"duplicate": false}' and v_again @> '{"duplicate": true}';
  assert v_again #>> '{made_secrets,inbound_token}' = hera_internal.mask(v_first #>> '{made_secrets,inbound_token}'), v_again::text;
end
$$;

-- One live installation of a code; of another organization it is nobody's business; after UNINSTALL it can be installed anew.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_config constant jsonb := '{"client_id": "c", "client_secret": "a-long-client-secret"}';
  v_first uuid;
begin
  v_first := hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', v_config) #>> '{installation,id}';
  perform hera_test.refused('PT409', 'connector.installed', a.admin, a.organization, 'INSTALL', 'hubspot-crm', v_config);
  perform hera_test.connector(b.admin, b.organization, 'INSTALL', 'hubspot-crm', v_config);
  perform hera_test.connector(a.admin, a.organization, 'PAUSE', 'hubspot-crm');
  perform hera_test.refused('PT409', 'connector.installed', a.admin, a.organization, 'INSTALL', 'hubspot-crm', v_config);
  perform hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'hubspot-crm');
  assert (hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', v_config) #>> '{installation,id}')::uuid <> v_first;
  assert (select count(*) from core_entities e where e.organization_id = a.organization and e.entity_code = 'hubspot-crm') = 2;
  assert hera_test.connector(a.admin, a.organization, 'GET', 'hubspot-crm') #>> '{installation,status}' = 'pending_auth', 'GET answers the live one';
  perform hera_test.refused('PT404', 'not_found', a.admin, a.organization, 'INSTALL', 'no-such');
  perform hera_test.refused('PT404', 'not_found', a.admin, a.organization, 'INSTALL', null);
end
$$;
