-- A state that is forged, unknown, used, over, of another organization or of somebody who may no longer: the same answer for all.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_other uuid;
  v_other_admin uuid;
  v_manager uuid;
  v_state text;
  v_bytes bytea;
  v_callback jsonb;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('States') o;
  select o.organization, o.admin into v_other, v_other_admin from hera_test.organization('Other') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'linkedin-api', '{"client_id": "app", "client_secret": "linkedin-secret-01"}');
  perform hera_test.connector(v_other_admin, v_other, 'INSTALL', 'linkedin-api', '{"client_id": "app", "client_secret": "linkedin-secret-01"}');

  v_state := hera_test.begin(v_admin, v_org, 'linkedin-api');
  v_bytes := decode(translate(v_state, '-_', '+/'), 'base64');
  perform hera_test.raises(format('select hera_connector_oauth_callback_v1(%L, ''c'')', s), 'PT400', 'oauth.state')
  from unnest(array[null, '', 'x', repeat('A', 96), v_state || 'A', hera_internal.new_oauth_state(v_org),
    -- Another organization under the same signature; a bit of the signature.
    hera_internal.base64url(uuid_send(v_other) || substring(v_bytes from 17)), hera_internal.base64url(set_bit(v_bytes, 8 * 71, 1 - get_bit(v_bytes, 8 * 71)))]) s;
  -- What we have not signed is not even looked up.
  assert hera_internal.oauth_state_organization(v_state) = v_org
    and hera_internal.oauth_state_organization(hera_internal.base64url(set_bit(v_bytes, 8 * 71, 1 - get_bit(v_bytes, 8 * 71)))) is null
    and hera_internal.oauth_state_organization(hera_internal.base64url(uuid_send(v_other) || substring(v_bytes from 17))) is null;
  -- Another organization with a good signature of its own: there is no such authorization there.
  perform hera_test.raises(format('select hera_connector_oauth_callback_v1(%L, ''c'')', hera_internal.base64url(x.content || hera_internal.oauth_state_mac(x.content,
    (hera_internal.encryption_keys())[1]))), 'PT400', 'oauth.state')
  from (select uuid_send(v_other) || substring(v_bytes from 17 for 24) as content) x;

  -- None of that has used it up. The second time is one too many.
  v_callback := hera_connector_oauth_callback_v1(v_state, 'c');
  assert v_callback ->> 'success' = 'true';
  perform hera_test.raises(format('select hera_connector_oauth_callback_v1(%L, ''c'')', v_state), 'PT400', 'oauth.state');
  -- The ticket as well, and only for five minutes, and by nobody else.
  perform hera_test.raises(format('select hera_connector_oauth_answer_v1(%L, 200, ''{}'', ''{"access_token": "t"}'')', t), 'PT400', 'oauth.ticket')
  from unnest(array[null, 'x', gen_random_uuid() || '.' || gen_random_uuid(), v_other || '.' || split_part(v_callback ->> 'ticket', '.', 2)]) t;
  assert hera_connector_oauth_answer_v1(v_callback ->> 'ticket', 200, '{}', '{"access_token": "token-of-linkedin"}') ->> 'success' = 'true';
  perform hera_test.raises(format('select hera_connector_oauth_answer_v1(%L, 200, ''{}'', ''{"access_token": "t"}'')', v_callback ->> 'ticket'), 'PT400', 'oauth.ticket');
  v_callback := hera_connector_oauth_callback_v1(hera_test.begin(v_admin, v_org, 'linkedin-api'), 'c');
  perform hera_test.move_clock('5 minutes 1 second');
  perform hera_test.raises(format('select hera_connector_oauth_answer_v1(%L, 200, ''{}'', ''{"access_token": "t"}'')', v_callback ->> 'ticket'), 'PT400', 'oauth.ticket');

  -- Ten minutes.
  v_state := hera_test.begin(v_admin, v_org, 'linkedin-api');
  perform hera_test.move_clock('9 minutes 59 seconds');
  assert hera_connector_oauth_callback_v1(v_state, 'c') ->> 'success' = 'true';
  v_state := hera_test.begin(v_admin, v_org, 'linkedin-api');
  perform hera_test.move_clock('10 minutes');
  perform hera_test.raises(format('select hera_connector_oauth_callback_v1(%L, ''c'')', v_state), 'PT400', 'oauth.state');

  -- Who began it has lost the right; the installation is gone.
  v_manager := hera_test.member(v_org, 'integration_manager');
  v_state := hera_test.begin(v_manager, v_org, 'linkedin-api');
  perform hera_membership_v1(v_admin, v_org, 'REVOKE', jsonb_build_object('user_entity_id', v_manager));
  perform hera_test.raises(format('select hera_connector_oauth_callback_v1(%L, ''c'')', v_state), 'PT400', 'oauth.state');
  v_state := hera_test.begin(v_admin, v_org, 'linkedin-api');
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'linkedin-api');
  perform hera_test.raises(format('select hera_connector_oauth_callback_v1(%L, ''c'')', v_state), 'PT400', 'oauth.state');
end
$$;

-- The person says no, the provider says no, the provider answers nonsense: the installation stays as it was and tells why.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_answer jsonb;
  v_callback jsonb;
begin
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Refused') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}');
  v_answer := hera_connector_oauth_callback_v1(hera_test.begin(v_admin, v_org, 'hubspot-crm', '{"return_path": "/settings/integrations"}'), null,
    'access_denied', E'The user\r\nsaid no');
  assert v_answer = '{"success": false, "connector_code": "hubspot-crm", "error": "access_denied",
    "location": "/settings/integrations?connector=hubspot-crm&result=failed&error=access_denied"}', v_answer::text;
  v_answer := hera_test.connector(v_admin, v_org, 'GET', 'hubspot-crm') -> 'installation';
  assert v_answer ->> 'status' = 'pending_auth' and v_answer #>> '{health,last_error}' = 'The authorization was refused: access_denied: The user  said no', v_answer::text;
  assert hera_connector_oauth_callback_v1(hera_test.begin(v_admin, v_org, 'hubspot-crm')) ->> 'error' = 'no_code';

  v_callback := hera_connector_oauth_callback_v1(hera_test.begin(v_admin, v_org, 'hubspot-crm'), 'code-canary');
  v_answer := hera_connector_oauth_answer_v1(v_callback ->> 'ticket', 400, '{}',
    '{"error": "invalid_grant", "message": "no such code: code-canary of hubspot-secret-0001", "status": "BAD_AUTH_CODE"}');
  assert v_answer = '{"success": false, "connector_code": "hubspot-crm", "error": "invalid_grant", "location": null}', v_answer::text;
  v_answer := hera_test.connector(v_admin, v_org, 'GET', 'hubspot-crm') -> 'installation';
  assert v_answer ->> 'status' = 'pending_auth' and v_answer #>> '{health,last_error}' like '%invalid_grant%no such code%' and v_answer::text !~ 'canary|hubspot-secret', v_answer::text;

  assert hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"token": "x"}') ->> 'success' = 'false';
  assert hera_test.authorize(v_admin, v_org, 'hubspot-crm', 'null') ->> 'success' = 'false';
  v_callback := hera_connector_oauth_callback_v1(hera_test.begin(v_admin, v_org, 'hubspot-crm'), 'c');
  assert hera_connector_oauth_answer_v1(v_callback ->> 'ticket', null, null, null, 'timeout') ->> 'error' = 'timeout';
  assert hera_test.fare(v_admin, v_org, 'hubspot-crm') = 'pending_auth reauth_required';
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);
end
$$;
