-- Whoever uninstalls or disconnects has the provider told, with a request that was made up while there were secrets.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_done jsonb;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Revoke') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}');
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-1", "refresh_token": "refresh-1-canary", "expires_in": 1800}');
  v_done := hera_connector_oauth_v1(v_admin, v_org, 'DISCONNECT', 'hubspot-crm') -> 'installation';
  assert v_done ->> 'status' = 'pending_auth' and v_done #>> '{health,token_expires_at}' is null
    and not exists (select from hera.secrets s where s.organization_id = v_org and s.name like 'oauth%'), v_done::text;
  assert (select array_agg(t.kind) from hera.connector_tasks t where t.organization_id = v_org) = '{revoke}'
    and not exists (select from hera.connector_tasks t where t.organization_id = v_org and t::text ~ 'canary');
  v_done := hera_test.run_tasks('revoke', 503);
  assert v_done #>> '{0,result}' = 'retry' and v_done #>> '{0,request,url}' = 'https://api.hubapi.com/oauth/2026-03/token/revoke'
    and v_done #>> '{0,request,body}' = 'client_id=app&client_secret=hubspot-secret-0001&token=refresh-1-canary', v_done::text;
  perform hera_test.move_clock('5 seconds');
  assert hera_test.run_tasks('revoke', 200) #>> '{0,result}' = 'done';
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);
  assert (select x.detail from hera.audit_log x where x.organization_id = v_org and x.operation = 'REVOKE') = '{"result": "revoked"}';
  -- Without a token there is nothing to revoke.
  perform hera_connector_oauth_v1(v_admin, v_org, 'DISCONNECT', 'hubspot-crm');
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);

  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-2", "refresh_token": "refresh-2-canary", "expires_in": 1800}');
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'hubspot-crm');
  assert not exists (select from hera.secrets s where s.organization_id = v_org);
  assert hera_test.run_tasks('revoke', 400, '{"error": "invalid_token"}') #>> '{0,result}' = 'failed';
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);

  -- Meta: by the token itself.
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'meta-graph-api', '{"app_id": "1", "app_secret": "meta-app-secret-0001", "webhook_verify_token": "v"}');
  perform hera_test.authorize(v_admin, v_org, 'meta-graph-api', '{"access_token": "EAATESTTOKEN", "expires_in": 7200}');
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'meta-graph-api');
  v_done := hera_test.run_tasks('revoke', 200);
  assert v_done #>> '{0,request,method}' = 'DELETE' and v_done #>> '{0,request,url}'
    = 'https://graph.facebook.com/v26.0/me/permissions?access_token=EAATESTTOKEN&appsecret_proof=444534b94bec5f8eba87d68756cc5c58f66682f7bfd2bbe37bb659c20baa1609', v_done::text;

  -- The key is changed while a revocation waits.
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'meta-graph-api', '{"app_id": "1", "app_secret": "meta-app-secret-0001", "webhook_verify_token": "v"}');
  perform hera_test.authorize(v_admin, v_org, 'meta-graph-api', '{"access_token": "EAATESTTOKEN", "expires_in": 7200}');
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'meta-graph-api');
  perform set_config('hera.encryption_key', k.new || ',' || k.old, true)
  from (select encode(sha256('new'), 'base64') as new, current_setting('hera.encryption_key') as old) k;
  perform hera_secret_rotate_v1();
  perform set_config('hera.encryption_key', split_part(current_setting('hera.encryption_key'), ',', 1), true);
  assert hera_test.run_tasks('revoke', 200) #>> '{0,result}' = 'done';

  -- A session without a key can uninstall all the same.
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}');
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-3", "refresh_token": "refresh-3", "expires_in": 1800}');
  perform set_config('hera.encryption_key', '', true);
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'hubspot-crm');
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org)
    and exists (select from hera.audit_log x where x.organization_id = v_org and x.operation = 'REVOKE' and x.detail = '{"result": "request_not_possible"}');
end
$$;
