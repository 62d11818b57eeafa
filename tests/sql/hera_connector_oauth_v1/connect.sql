-- HubSpot from CONNECT to the tokens: the address, PKCE, the token request, what is stored and told, and what is not.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_url text;
  v_state text;
  v_callback jsonb;
  v_request jsonb;
  v_answer jsonb;
  v_webhook uuid;
begin
  perform hera_test.move_clock('0');
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Connect') o;
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, ''CONNECT'', ''hubspot-crm'')', v_admin, v_org), 'PT404', 'not_found');
  v_id := (hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}') #>> '{installation,id}')::uuid;
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, ''CONNECT'', ''hubspot-crm'')', v_admin, v_org), 'PT409', 'oauth.no_public_url');
  perform hera_test.reach();
  v_webhook := hera_test.webhook(v_org, '{"topics": ["hera.*"]}');

  v_url := hera_connector_oauth_v1(v_admin, v_org, 'CONNECT', 'hubspot-crm', '{"return_path": "/settings/integrations"}') ->> 'authorize_url';
  v_state := substring(v_url from '[?&]state=([^&]*)');
  assert v_url like 'https://app.hubspot.com/oauth/authorize?client_id=app&code_challenge=%&code_challenge_method=S256&optional_scope=automation%20forms'
    || '&redirect_uri=https%3A%2F%2Fhera.example.com%2Fapi%2Fv2%2Fintegrations%2Foauth%2Fcallback&scope=oauth%20crm.objects.contacts.read%20%', v_url;
  assert length(v_state) = 96 and not exists (select from hera.oauth_states s where s::text like '%' || v_state || '%');

  v_callback := hera_connector_oauth_callback_v1(v_state, 'the-code');
  v_request := hera_test.credentials(decode(v_callback ->> 'request', 'base64'));
  assert v_request ->> 'method' = 'POST' and v_request ->> 'url' = 'https://api.hubapi.com/oauth/2026-03/token'
    and v_request #>> '{headers,Content-Type}' = 'application/x-www-form-urlencoded'
    and v_request ->> 'body' like 'client_id=app&client_secret=hubspot-secret-0001&code=the-code&code_verifier=%&grant_type=authorization_code&redirect_uri=https%3A%2F%2Fhera.example.com%';
  -- The verifier is the one of the challenge.
  assert hera_internal.base64url(sha256(convert_to(substring(v_request ->> 'body' from 'code_verifier=([^&]*)'), 'UTF8')))
    = substring(v_url from 'code_challenge=([^&]*)');
  assert v_callback - 'request' - 'ticket' = '{"success": true, "timeout_ms": 20000}';

  v_answer := hera_connector_oauth_answer_v1(v_callback ->> 'ticket', 200, '{}',
    '{"access_token": "access-token-canary", "refresh_token": "refresh-token-canary", "expires_in": 1800, "hub_id": 33}');
  assert v_answer = '{"success": true, "connector_code": "hubspot-crm", "error": null, "location": "/settings/integrations?connector=hubspot-crm&result=authorized"}', v_answer::text;
  assert hera_internal.installation_secret(v_org, v_id, 'oauth_access_token') = 'access-token-canary'
    and hera_internal.installation_secret(v_org, v_id, 'oauth_refresh_token') = 'refresh-token-canary';
  v_answer := hera_test.connector(v_admin, v_org, 'GET', 'hubspot-crm') -> 'installation';
  assert v_answer ->> 'status' = 'active' and v_answer #>> '{config,portal_id}' = '33'
    and (v_answer #>> '{health,token_expires_at}')::timestamptz = hera_internal.now() + interval '30 minutes' and v_answer #>> '{health,state}' = 'ok', v_answer::text;
  -- Five minutes before the end.
  assert (select due_at from hera.connector_tasks where installation_id = v_id and kind = 'refresh') = hera_internal.now() + interval '25 minutes';

  -- The webhook hears of it; nothing that is kept in clear holds a token, the code or the verifier.
  assert (select count(*) from hera.events e where e.organization_id = v_org and e.event_source = 'hera' and e.event_type = 'connector.authorized') = 1
    and (select count(*) from hera.outbox_ready r where r.organization_id = v_org) = 1;
  assert not exists (select from hera.core_dynamic_data x where x.organization_id = v_org and x::text ~ 'canary|the-code')
    and not exists (select from hera.events x where x.organization_id = v_org and x::text ~ 'canary|the-code')
    and not exists (select from hera.audit_log x where x.organization_id = v_org and x::text ~ 'canary|the-code');
  assert exists (select from hera.audit_log x where x.organization_id = v_org and x.operation = 'AUTHORIZED' and x.actor_user_id = v_admin);
end
$$;

-- Scopes of the call, of the installation, of the definition; a connector without OAuth; bad arguments.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_url text;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Scopes') o;
  perform hera_test.reach();
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'meta-graph-api', '{"app_id": "1", "app_secret": "s", "webhook_verify_token": "v", "scopes": "a,b"}');
  v_url := hera_connector_oauth_v1(v_admin, v_org, 'CONNECT', 'meta-graph-api') ->> 'authorize_url';
  assert v_url like 'https://www.facebook.com/v26.0/dialog/oauth?client_id=1&%&scope=a%2Cb&state=%' and v_url not like '%code_challenge%', v_url;
  v_url := hera_connector_oauth_v1(v_admin, v_org, 'CONNECT', 'meta-graph-api', '{"scopes": "c"}') ->> 'authorize_url';
  assert v_url like '%&scope=c&%';

  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/a/"}');
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, %L, ''zapier-webhook'')', v_admin, v_org, o), 'PT409', 'connector.no_oauth')
  from unnest(array['CONNECT', 'DISCONNECT']) o;
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, ''CONNECT'', ''meta-graph-api'', %L)', v_admin, v_org, jsonb_build_object('return_path', p)),
    'PT400', 'oauth.invalid')
  from unnest(array['https://evil.example', '//evil.example', '/\evil.example', '/a?b=c', '/../x', '', '/a b', E'/a\nb']) p;
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, ''CONNECT'', ''meta-graph-api'', ''{"x": 1}'')', v_admin, v_org), 'PT400', 'oauth.unknown');
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, ''BEGIN'', ''meta-graph-api'')', v_admin, v_org), 'PT400', 'operation.unknown');
  perform hera_test.raises(format('select hera_connector_oauth_v1(%L, %L, ''CONNECT'', ''meta-graph-api'')', hera_test.member(v_org), v_org), 'PT403', 'permission_denied');
end
$$;
