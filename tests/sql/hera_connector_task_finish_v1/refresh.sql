-- HubSpot: early, with rotation, repeated while it fails, and over where the provider says so.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_done jsonb;
  v_task record;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Refresh') o;
  v_id := (hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}') #>> '{installation,id}')::uuid;
  perform hera_test.webhook(v_org, '{"topics": ["hera.connector.reauth_required"]}');
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-1-canary", "refresh_token": "refresh-1-canary", "expires_in": 1800}');

  assert hera_test.run_tasks('refresh', 200, '{}') = '[]', 'not due yet';
  perform hera_test.move_clock('25 minutes');
  v_done := hera_test.run_tasks('refresh', 200, '{"access_token": "access-2-canary", "refresh_token": "refresh-2-canary", "expires_in": 1800}');
  assert v_done #>> '{0,result}' = 'done' and jsonb_array_length(v_done) = 1
    and v_done #>> '{0,request,body}' = 'client_id=app&client_secret=hubspot-secret-0001&grant_type=refresh_token&refresh_token=refresh-1-canary'
    and v_done #>> '{0,request,url}' = 'https://api.hubapi.com/oauth/2026-03/token', v_done::text;
  assert hera_internal.installation_secret(v_org, v_id, 'oauth_access_token') = 'access-2-canary'
    and hera_internal.installation_secret(v_org, v_id, 'oauth_refresh_token') = 'refresh-2-canary';
  -- An answer without a refresh token leaves the one that there is.
  perform hera_test.move_clock('25 minutes');
  perform hera_test.run_tasks('refresh', 200, '{"access_token": "access-3-canary", "expires_in": 1800}');
  assert hera_internal.installation_secret(v_org, v_id, 'oauth_refresh_token') = 'refresh-2-canary';

  -- It fails, and is repeated with growing pauses; the old token is still good.
  perform hera_test.move_clock('25 minutes');
  assert hera_test.run_tasks('refresh', 503, 'down') #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'active degraded';
  assert hera_test.run_tasks('refresh', 503, 'down') = '[]';
  perform hera_test.move_clock('5 seconds');
  assert hera_test.run_tasks('refresh', null, null, 'timeout') #>> '{0,result}' = 'retry';
  perform hera_test.move_clock('10 seconds');
  assert hera_test.run_tasks('refresh', 429, '{}', null, '{"retry-after": "290"}') #>> '{0,result}' = 'retry';
  perform hera_test.move_clock('289 seconds');
  assert hera_test.run_tasks('refresh', 200, '{}') = '[]';
  -- The old token has ended: the installation is in error, and still repeated; then it runs again.
  perform hera_test.move_clock('1 second');
  assert hera_test.run_tasks('refresh', 500, '{"message": "access-3-canary is bad"}') #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'error failing';
  assert hera_test.connector(v_admin, v_org, 'GET', 'hubspot-crm')::text !~ 'canary';
  perform hera_test.move_clock('1 hour');
  assert hera_test.run_tasks('refresh', 200, '{"access_token": "access-4-canary", "expires_in": 1800}') #>> '{0,result}' = 'done'
    and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'active ok';

  -- The provider says that it is over.
  perform hera_test.move_clock('25 minutes');
  assert hera_test.run_tasks('refresh', 400, '{"error": "invalid_grant", "status": "BAD_REFRESH_TOKEN", "message": "refresh-2-canary is unknown"}') #>> '{0,result}' = 'reauth_required'
    and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'reauth_required reauth_required';
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org)
    and not exists (select from hera.secrets s where s.entity_id = v_id and s.name like 'oauth%');
  assert (select count(*) from hera.events e where e.organization_id = v_org and e.event_type = 'connector.reauth_required') = 1
    and (select count(*) from hera.outbox_ready r where r.organization_id = v_org) = 1
    and not exists (select from hera.events e where e.organization_id = v_org and e::text ~ 'canary');
  perform hera_test.move_clock('1 day');
  assert hera_test.run_tasks('refresh', 200, '{}') = '[]', 'it is never asked again';
  -- And begins anew.
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-5-canary", "refresh_token": "refresh-5-canary", "expires_in": 1800}');
  assert hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'active ok';

  -- Someone authorizes while a refresh is under way: what the refresh brings is no longer wanted.
  perform hera_test.move_clock('25 minutes');
  select * into v_task from hera_connector_task_claim_v1('test', 10) c where c.kind = 'refresh';
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-6-canary", "refresh_token": "refresh-6-canary", "expires_in": 1800}');
  assert hera_connector_task_finish_v1(v_org, v_task.task_id, v_task.fence, 200, '{}', '{"access_token": "old"}', null) = 'lost'
    and hera_internal.installation_secret(v_org, v_id, 'oauth_access_token') = 'access-6-canary';
  -- Paused, it goes on being renewed.
  perform hera_test.connector(v_admin, v_org, 'PAUSE', 'hubspot-crm');
  perform hera_test.move_clock('25 minutes');
  assert hera_test.run_tasks('refresh', 200, '{"access_token": "access-7-canary", "expires_in": 1800}') #>> '{0,result}' = 'done'
    and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'paused ok';
  perform hera_test.move_clock('25 minutes');
  assert hera_test.run_tasks('refresh', 400, '{"error": "invalid_grant"}') #>> '{0,result}' = 'reauth_required' and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'paused degraded';
  perform hera_test.connector(v_admin, v_org, 'RESUME', 'hubspot-crm');
  assert hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'pending_auth reauth_required';
end
$$;

-- LinkedIn without a refresh token: a person is needed in time. Meta: exchanged while it lives, over when it has ended.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_done jsonb;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Ends') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'linkedin-api', '{"client_id": "app", "client_secret": "linkedin-secret-01"}');
  perform hera_test.authorize(v_admin, v_org, 'linkedin-api', '{"access_token": "linkedin-access-1", "expires_in": 5184000, "scope": "r_ads"}');
  assert hera_test.fare(v_admin, v_org, 'linkedin-api') = 'active ok';
  perform hera_test.move_clock('53 days 1 second');
  assert hera_test.run_tasks('refresh', 200, '{}') = '[]' and hera_test.fare(v_admin, v_org, 'linkedin-api') = 'active token_expiring';
  perform hera_test.move_clock('7 days');
  assert hera_test.run_tasks('refresh', 200, '{}') = '[]', 'there is nothing to send';
  assert hera_test.fare(v_admin, v_org, 'linkedin-api') = 'reauth_required reauth_required'
    and (select count(*) from hera.events e where e.organization_id = v_org and e.event_type = 'connector.reauth_required') = 1;
  -- With one, a week early.
  perform hera_test.authorize(v_admin, v_org, 'linkedin-api',
    '{"access_token": "linkedin-access-2", "expires_in": 5184000, "refresh_token": "linkedin-refresh-2", "refresh_token_expires_in": 31536000}');
  perform hera_test.move_clock('53 days');
  assert hera_test.fare(v_admin, v_org, 'linkedin-api') = 'active ok';
  v_done := hera_test.run_tasks('refresh', 200, '{"access_token": "linkedin-access-3", "expires_in": 5184000}');
  assert v_done #>> '{0,request,body}' = 'client_id=app&client_secret=linkedin-secret-01&grant_type=refresh_token&refresh_token=linkedin-refresh-2', v_done::text;

  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'linkedin-api');

  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'meta-graph-api', '{"app_id": "1", "app_secret": "meta-secret", "webhook_verify_token": "v"}');
  v_done := hera_test.authorize(v_admin, v_org, 'meta-graph-api', '{"access_token": "meta-short", "expires_in": 7200}') -> 'request';
  assert v_done ->> 'method' = 'GET' and v_done ->> 'url' like 'https://graph.facebook.com/v26.0/oauth/access_token?client_id=1&client_secret=meta-secret&code=the-code&grant_type=authorization_code&redirect_uri=%'
    and v_done -> 'body' = 'null', v_done::text;
  -- Half-way, since a week early would be at once, and again and again.
  perform hera_test.move_clock('1 hour');
  v_done := hera_test.run_tasks('refresh', 200, '{"access_token": "meta-long", "expires_in": 5183944}');
  assert v_done #>> '{0,request,url}' = 'https://graph.facebook.com/v26.0/oauth/access_token?client_id=1&client_secret=meta-secret&fb_exchange_token=meta-short&grant_type=fb_exchange_token', v_done::text;
  perform hera_test.move_clock('52 days 23 hours');
  assert hera_test.run_tasks('refresh', 200, '{}') = '[]';
  perform hera_test.move_clock('2 hours');
  assert hera_test.run_tasks('refresh', 500, null) #>> '{0,result}' = 'retry';
  perform hera_test.move_clock('7 days');
  assert hera_test.run_tasks('refresh', 200, '{"access_token": "x"}') = '[]' and hera_test.fare(v_admin, v_org, 'meta-graph-api') = 'reauth_required reauth_required',
    'a token that has ended is not offered for exchange';
  perform hera_test.authorize(v_admin, v_org, 'meta-graph-api', '{"access_token": "meta-2", "expires_in": 7200}');
  perform hera_test.move_clock('1 hour');
  assert hera_test.run_tasks('refresh', 400, '{"error": {"message": "Session has expired", "code": 190, "error_subcode": 463}}') #>> '{0,result}' = 'reauth_required';
  -- A token without an end needs nothing.
  perform hera_test.authorize(v_admin, v_org, 'meta-graph-api', '{"access_token": "meta-3"}');
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'refresh' and t.installation_id = (
    select e.id from hera.core_entities e where e.organization_id = v_org and e.entity_code = 'meta-graph-api')) and hera_test.fare(v_admin, v_org, 'meta-graph-api') = 'active ok';
end
$$;
