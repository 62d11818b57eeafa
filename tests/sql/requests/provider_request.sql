-- A whole request: authentication in headers and query, secrets opened where they are asked for, appsecret_proof, forms.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_config jsonb;
  v_request jsonb;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Requests') o;
  v_id := (hera_test.connector(v_admin, v_org, 'INSTALL', 'meta-graph-api', '{"app_id": "app", "app_secret": "meta-app-secret-0001",
    "webhook_verify_token": "verify-0001", "page_id": "153"}') #>> '{installation,id}')::uuid;
  v_config := hera_internal.installed_definition(v_org, v_id);
  v_request := '{"method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.page_id}}/messages", "body": {"t": "{{input.text}}", "s": "{{fields.app_id}}"}}';
  perform hera_test.raises(format('select hera_internal.provider_request(%L, %L, %L, %L)', v_org, v_id, v_config, v_request), 'PT409', 'connector.token_missing');

  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'meta-graph-api', '{"page_access_token": "EAATESTTOKEN"}');
  v_request := hera_internal.provider_request(v_org, v_id, v_config, v_request, '{"input": {"text": "\"hé\""}}');
  assert v_request = jsonb_build_object('method', 'POST',
    'url', 'https://graph.facebook.com/v26.0/153/messages?access_token=EAATESTTOKEN&appsecret_proof=444534b94bec5f8eba87d68756cc5c58f66682f7bfd2bbe37bb659c20baa1609',
    'headers', '{"Accept": "application/json", "User-Agent": "HERA-Connector/1.0", "Content-Type": "application/json"}'::jsonb,
    'body', '{"s": "app", "t": "\"hé\""}'), v_request::text;

  -- The authorization's token goes before the given one, and that of the call before both.
  perform hera_internal.store_secret(v_org, v_id, 'oauth_access_token', 'token-of-oauth');
  assert hera_internal.provider_request(v_org, v_id, v_config, '{"method": "GET", "url": "https://h/"}') ->> 'url' like '%access_token=token-of-oauth&%';
  assert hera_internal.provider_request(v_org, v_id, v_config, '{"method": "GET", "url": "https://h/"}', '{"access_token": "given"}') ->> 'url' like '%access_token=given&%';

  -- Without authentication; a secret field in a form, a missing one left out.
  v_request := hera_internal.provider_request(v_org, v_id, v_config, '{"method": "POST", "url": "https://h/token", "body_format": "form",
    "body": {"code": "{{code}}", "client_secret": "{{fields.app_secret}}", "v": "{{code_verifier}}"}}', '{"code": "a b"}', false);
  assert v_request ->> 'url' = 'https://h/token' and v_request ->> 'body' = 'client_secret=meta-app-secret-0001&code=a%20b'
    and v_request #>> '{headers,Content-Type}' = 'application/x-www-form-urlencoded';
  assert hera_internal.provider_request(v_org, v_id, v_config, '{"method": "GET", "url": "https://h/"}', '{}', false) -> 'body' = 'null';

  -- What may be shown of an answer that repeats what was sent.
  assert hera_internal.without_secrets(v_org, v_id, 'bad token token-of-oauth, secret meta-app-secret-0001!') = 'bad token ••••auth, secret ••••0001!';

  assert hera_internal.without_secrets(v_org, v_id, '{"u": "meta-app-secret-0001%2F", "proof": "' || encode(hera_internal.hmac_sha256('token-of-oauth', 'meta-app-secret-0001'), 'hex') || '"}')
    = '{"u": "••••0001%2F", "proof": "••••auth"}';

  -- Another organization's installation has no secrets here.
  assert hera_internal.installation_secret(hera_test.platform(), v_id, 'app_secret') is null;
end
$$;

-- An optional secret in a header: the header is left out.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_config jsonb;
  v_action jsonb;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Zaps') o;
  v_id := (hera_test.connector(v_admin, v_org, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/secret/"}') #>> '{installation,id}')::uuid;
  v_config := hera_internal.installed_definition(v_org, v_id);
  v_action := v_config #> '{actions,0}';
  assert not hera_internal.provider_request(v_org, v_id, v_config, v_action, '{"input": {"event": "e"}}') -> 'headers' ? 'Authorization';
  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'zapier-webhook', '{"auth_header": "Basic eDp5"}');
  v_action := hera_internal.provider_request(v_org, v_id, v_config, v_action, '{"input": {"event": "e", "data": {"a": 1}}, "hera_id": "d"}');
  assert v_action ->> 'url' = 'https://hooks.zapier.com/hooks/catch/1/secret/' and v_action #>> '{headers,Authorization}' = 'Basic eDp5'
    and (v_action ->> 'body')::jsonb = '{"id": "d", "event": "e", "data": {"a": 1}}';
  assert hera_internal.without_secrets(v_org, v_id, 'POST /hooks/catch/1/secret/ "https:\/\/hooks.zapier.com\/hooks\/catch\/1\/secret\/"') = 'POST /••••ret/ "••••ret/"';
end
$$;
