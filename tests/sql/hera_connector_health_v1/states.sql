-- Checks by the clock and at once; three failures in a row are an error, one success is the end of it.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_done jsonb;
  v_health jsonb;
begin
  perform hera_test.move_clock('0');
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Health') o;
  perform hera_test.raises(format('select hera_connector_health_v1(%L, %L, ''CHECK'', ''whatsapp-business-cloud'')', v_admin, v_org), 'PT404', 'not_found');
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'whatsapp-business-cloud', '{"access_token": "EAAtoken-canary", "phone_number_id": "106540352242922",
    "business_account_id": "2", "webhook_verify_token": "v", "app_secret": "s"}');
  assert hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'active ok' and hera_test.run_tasks('health', 200) = '[]';
  perform hera_connector_health_v1(v_admin, v_org, 'CHECK', 'whatsapp-business-cloud');
  v_done := hera_test.run_tasks('health', 200, '{}');
  assert v_done #>> '{0,result}' = 'done' and v_done #>> '{0,request,url}' = 'https://graph.facebook.com/v26.0/106540352242922'
    and v_done #>> '{0,request,headers,Authorization}' = 'Bearer EAAtoken-canary', v_done::text;
  v_health := hera_connector_health_v1(v_admin, v_org) #> '{installations,0}';
  assert (v_health ->> 'last_checked_at')::timestamptz = hera_internal.now() and (v_health ->> 'last_success_at')::timestamptz = hera_internal.now()
    and v_health ->> 'last_error' is null and v_health ->> 'code' = 'whatsapp-business-cloud', v_health::text;

  perform hera_test.move_clock('17 minutes');
  assert hera_test.run_tasks('health', 500, '{"error": {"message": "EAAtoken-canary"}}') #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'active degraded';
  assert hera_connector_health_v1(v_admin, v_org)::text !~ 'canary';
  perform hera_test.move_clock('1 minute');
  assert hera_test.run_tasks('health', null, null, 'connect_failed') #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'active degraded';
  perform hera_test.move_clock('1 hour');
  assert hera_test.run_tasks('health', 404) #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'error failing';
  assert hera_monitor_connectors_v1(v_admin, v_org) #> '{installations,0}' @> '{"status": "error", "state": "failing"}';
  perform hera_connector_health_v1(v_admin, v_org, 'CHECK', 'whatsapp-business-cloud');
  assert hera_test.run_tasks('health', 200) #>> '{0,result}' = 'done' and hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'active ok';

  -- The token is refused, and there is nobody to renew it.
  perform hera_connector_health_v1(v_admin, v_org, 'CHECK', 'whatsapp-business-cloud');
  assert hera_test.run_tasks('health', 401, '{"error": {"code": 190, "message": "expired"}}') #>> '{0,result}' = 'reauth_required'
    and hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'reauth_required reauth_required';
  perform hera_test.raises(format('select hera_connector_health_v1(%L, %L, ''CHECK'', ''whatsapp-business-cloud'')', v_admin, v_org), 'PT409', 'connector.not_active');

  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/a/"}');
  perform hera_test.raises(format('select hera_connector_health_v1(%L, %L, ''CHECK'', ''zapier-webhook'')', v_admin, v_org), 'PT409', 'connector.no_health');
  assert jsonb_array_length(hera_connector_health_v1(hera_test.member(v_org), v_org) -> 'installations') = 2;
  perform hera_test.raises(format('select hera_connector_health_v1(%L, %L, ''CHECK'', ''zapier-webhook'')', hera_test.member(v_org), v_org), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_connector_health_v1(%L, %L, ''X'')', v_admin, v_org), 'PT400', 'operation.unknown');
end
$$;

-- A refused token that can be renewed: once, then the check is repeated.
do $$
declare
  v_org uuid;
  v_admin uuid;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Health-2') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}');
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 1800}');
  perform hera_test.move_clock('10 minutes');
  perform hera_connector_health_v1(v_admin, v_org, 'CHECK', 'hubspot-crm');
  assert hera_test.run_tasks('health', 401, '{"category": "EXPIRED_AUTHENTICATION"}') #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'active degraded';
  assert hera_test.run_tasks('refresh', 200, '{"access_token": "access-2", "refresh_token": "refresh-2", "expires_in": 1800}') #>> '{0,result}' = 'done';
  perform hera_test.move_clock('5 seconds');
  assert hera_test.run_tasks('health', 401, '{"category": "EXPIRED_AUTHENTICATION"}') #>> '{0,result}' = 'reauth_required', 'a new token that is refused is not renewed again';
end
$$;
