-- Leases and fences: one claim holds a task, a late report changes nothing, a worker that is gone loses it.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_first record;
  v_second record;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Leases') o;
  v_id := (hera_test.connector(v_admin, v_org, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}') #>> '{installation,id}')::uuid;
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 1800}');
  assert hera_internal.request_refresh(v_org, v_id) = 'reauth_required', 'a new token is refused for another reason';
  perform hera_test.authorize(v_admin, v_org, 'hubspot-crm', '{"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 1800}');
  perform hera_test.move_clock('6 minutes');
  assert hera_internal.request_refresh(v_org, v_id) = 'due' and hera_internal.request_refresh(v_org, v_id) = 'due';
  assert hera_internal.request_refresh(v_org, v_id, hera_internal.now() - interval '7 minutes') = 'due', 'the refused call had an older token';

  select * into v_first from hera_connector_task_claim_v1('one', 10, 60);
  assert v_first.kind = 'refresh' and v_first.organization_id = v_org and v_first.timeout_ms = 20000;
  assert not exists (select from hera_connector_task_claim_v1('two', 10, 60));
  -- A call that is refused meanwhile asks for no second one.
  assert hera_internal.request_refresh(v_org, v_id) = 'due' and not exists (select from hera_connector_task_claim_v1('two', 10, 60));
  perform hera_test.move_clock('61 seconds');
  select * into v_second from hera_connector_task_claim_v1('two', 10, 60);
  assert v_second.task_id = v_first.task_id and v_second.fence <> v_first.fence;
  assert hera_connector_task_finish_v1(v_org, v_first.task_id, v_first.fence, 200, '{}', '{"access_token": "late"}', null) = 'lost';
  assert hera_connector_task_finish_v1(v_org, v_second.task_id, v_second.fence, 200, '{}', '{"access_token": "access-2", "expires_in": 1800}', null) = 'done';
  assert hera_connector_task_finish_v1(v_org, v_second.task_id, v_second.fence, 200, '{}', '{"access_token": "again"}', null) = 'lost';
  assert hera_connector_task_finish_v1(hera_test.platform(), v_second.task_id, v_second.fence, 200, '{}', '{}', null) = 'lost';
  assert hera_connector_task_finish_v1(null, null, null, 200, '{}', '{}', null) = 'lost';
  assert hera_internal.installation_secret(v_org, v_id, 'oauth_access_token') = 'access-2';

  perform hera_test.raises(format('select hera_connector_task_claim_v1(%L, %L, %L)', w, l, s), 'PT400', e)
  from (values (null, 1, 60, 'task.bad_worker'), ('', 1, 60, 'task.bad_worker'), ('w', 0, 60, 'task.bad_limit'), ('w', 101, 60, 'task.bad_limit'),
    ('w', null, 60, 'task.bad_limit'), ('w', 1, 29, 'task.bad_lease'), ('w', 1, null, 'task.bad_lease')) x (w, l, s, e);
end
$$;

-- What can't be asked for holds nobody else up, and is not tried again and again: a secret whose key is gone, a suspended organization.
do $$
declare
  v_bad uuid;
  v_good uuid;
  v_admin uuid;
  v_other uuid;
begin
  perform hera_test.move_clock('0');
  perform hera_test.reach();
  select o.organization, o.admin into v_bad, v_admin from hera_test.organization('Bad') o;
  select o.organization, o.admin into v_good, v_other from hera_test.organization('Good') o;
  perform hera_test.connector(a, o, 'INSTALL', 'hubspot-crm', '{"client_id": "app", "client_secret": "hubspot-secret-0001"}')
  from (values (v_admin, v_bad), (v_other, v_good)) x (a, o);
  perform hera_test.authorize(a, o, 'hubspot-crm', '{"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 1800}')
  from (values (v_admin, v_bad), (v_other, v_good)) x (a, o);
  update hera.secrets s set sealed = set_byte(s.sealed, 0, 255 - get_byte(s.sealed, 0)) where s.organization_id = v_bad and s.name = 'client_secret';
  perform hera_test.move_clock('25 minutes');
  assert (select array_agg(c.organization_id) from hera_connector_task_claim_v1('one', 10) c where c.kind = 'refresh' and c.organization_id in (v_bad, v_good)) = array[v_good];
  assert not exists (select from hera_connector_task_claim_v1('one', 10) c where c.organization_id in (v_bad, v_good));
  assert (select t.due_at from hera.connector_tasks t where t.organization_id = v_bad and t.kind = 'refresh') = hera_internal.now() + interval '1 hour'
    and hera_test.fare(v_admin, v_bad, 'hubspot-crm') = 'active degraded';
  -- Without any key of the session nothing can be claimed, and nothing is lost.
  perform hera_test.move_clock('2 hours');
  perform hera_organization_v1(hera_test.system(), 'SUSPEND', jsonb_build_object('id', v_good));
  perform hera_test.raises($t$do $d$ begin perform set_config('hera.encryption_key', '', true); perform from hera_connector_task_claim_v1('one', 10); end $d$ $t$, 'PT500', 'encryption.key_missing');
  assert (select array_agg(c.kind order by c.kind) from hera_connector_task_claim_v1('one', 10) c where c.organization_id = v_good) = '{refresh}', 'a suspended one is not checked';
end
$$;

-- A refused token: WhatsApp has nobody to ask for another one; a new secret of the person's own is an end to that.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Tokens') o;
  v_id := (hera_test.connector(v_admin, v_org, 'INSTALL', 'whatsapp-business-cloud', '{"access_token": "EAAtoken", "phone_number_id": "1",
    "business_account_id": "2", "webhook_verify_token": "v", "app_secret": "s"}') #>> '{installation,id}')::uuid;
  assert hera_internal.request_refresh(v_org, v_id) = 'reauth_required' and hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'reauth_required reauth_required';
  assert hera_internal.request_refresh(v_org, v_id) = 'reauth_required';
  assert (select count(*) from hera.events e where e.organization_id = v_org and e.event_type = 'connector.reauth_required') = 1, 'told once';
  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'whatsapp-business-cloud', '{"phone_number_id": "3"}');
  assert hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') = 'reauth_required reauth_required';
  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'whatsapp-business-cloud', '{"access_token": "EAAother"}');
  assert hera_test.fare(v_admin, v_org, 'whatsapp-business-cloud') like 'active %';
end
$$;
