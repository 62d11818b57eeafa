-- PAUSE, RESUME, UNINSTALL: status in step in both places, events accordingly, calls repeatable, each audited.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abcd/"}') #>> '{installation,id}';
  v_event constant text := format($q$select hera_integration_event_in_v1(%L, %L, 'zapier', 'x', '{}', 'zapier-webhook')$q$, a.admin, a.organization);
  v_step record;
begin
  for v_step in select * from (values ('PAUSE', 'paused', 'connector.paused'), ('PAUSE', 'paused', 'connector.paused'), ('RESUME', 'active', null), ('RESUME', 'active', null),
    ('CONFIGURE', 'active', null), ('UNINSTALL', 'inactive', 'connector.inactive'), ('UNINSTALL', 'inactive', 'connector.inactive')) s (operation, status, error)
  loop
    assert hera_test.connector(a.admin, a.organization, v_step.operation, 'zapier-webhook') #>> '{installation,status}' = v_step.status, v_step::text;
    assert (select e.status from core_entities e where e.id = v_id) = v_step.status
      and (select d.field_value_text from core_dynamic_data d where d.entity_id = v_id and d.field_name = 'status') = v_step.status;
    if v_step.error is null then
      execute v_event;
    else
      perform hera_test.raises(v_event, 'PT409', v_step.error);
    end if;
  end loop;
  perform hera_test.refused('PT409', 'connector.inactive', a.admin, a.organization, 'PAUSE', 'zapier-webhook');
  perform hera_test.refused('PT409', 'connector.inactive', a.admin, a.organization, 'RESUME', 'zapier-webhook');
  perform hera_test.refused('PT409', 'connector.inactive', a.admin, a.organization, 'CONFIGURE', 'zapier-webhook');
  perform hera_test.refused('PT404', 'not_found', a.admin, a.organization, 'PAUSE', 'hubspot-crm');
  perform hera_test.refused('PT404', 'not_found', a.admin, a.organization, 'UNINSTALL', 'no-such');
  assert not exists (select from hera.secrets s where s.entity_id = v_id), 'UNINSTALL forgets the secrets';
  assert (select array_agg(l.operation order by l.id) from hera.audit_log l where l.target_id = v_id and l.organization_id = a.organization and l.actor_user_id = a.admin)
    = array['INSTALL', 'PAUSE', 'PAUSE', 'RESUME', 'RESUME', 'CONFIGURE', 'UNINSTALL', 'UNINSTALL'];
  assert not exists (select from core_relationships r where r.to_entity_id = v_id and r.relationship_type = 'INTEGRATION_MANAGES' and r.is_active);
  assert hera_test.links(v_id, 'CONNECTOR_BASED_ON') = array['zapier-webhook'], 'what it was based on stays told';
end
$$;

-- Every step of the life cycle that is no step is refused.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "s"}') #>> '{installation,id}';
  v_from text;
  v_to text;
  v_states constant text[] := array['active', 'pending_auth', 'paused', 'error', 'reauth_required', 'inactive'];
  v_allowed constant text[] := array['pending_auth>active', 'pending_auth>paused', 'pending_auth>error', 'pending_auth>inactive',
    'active>pending_auth', 'active>paused', 'active>error', 'active>reauth_required', 'active>inactive',
    'paused>pending_auth', 'paused>active', 'paused>inactive', 'error>pending_auth', 'reauth_required>pending_auth', 'error>active', 'error>paused', 'error>reauth_required', 'error>inactive',
    'reauth_required>active', 'reauth_required>paused', 'reauth_required>error', 'reauth_required>inactive'];
begin
  foreach v_from in array v_states loop
    foreach v_to in array v_states loop
      update hera.core_entities set status = v_from where id = v_id;
      if v_from = v_to or v_from || '>' || v_to = any (v_allowed) then
        perform hera_internal.set_installation_status(a.admin, a.organization, v_id, v_to);
        assert (select status from hera.core_entities where id = v_id) = v_to;
      else
        perform hera_test.raises(format('select hera_internal.set_installation_status(%L, %L, %L, %L)', a.admin, a.organization, v_id, v_to), 'PT409',
          case v_from when 'inactive' then 'connector.inactive' else 'connector.transition' end);
      end if;
    end loop;
  end loop;
end
$$;

-- Health is noted and shown.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "s"}') #>> '{installation,id}';
  v jsonb;
begin
  perform hera_internal.set_installation_health(a.organization, v_id, 'HTTP 500', '2030-01-01T00:00:00Z');
  v := hera_test.connector(a.admin, a.organization, 'GET', 'hubspot-crm') #> '{installation,health}';
  assert v ->> 'last_error' = 'HTTP 500' and (v ->> 'token_expires_at')::timestamptz = '2030-01-01T00:00:00Z' and v ->> 'last_success_at' is null, v::text;
  perform hera_internal.set_installation_health(a.organization, v_id);
  v := hera_test.connector(a.admin, a.organization, 'GET', 'hubspot-crm') #> '{installation,health}';
  assert v ->> 'last_error' is null and v ->> 'token_expires_at' is not null and (v ->> 'last_success_at')::timestamptz > now() - interval '1 minute', v::text;
  assert (select d.field_type from core_dynamic_data d where d.entity_id = v_id and d.field_name = 'token_expires_at') = 'date';
  perform hera_internal.set_installation_health(a.organization, gen_random_uuid(), 'nobody');
end
$$;

-- Webhooks bound to a connector: bound to the installation by INSTALL, kept by UNINSTALL, bound to the next installation.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{}', 'zapier-webhook');
  v_config constant jsonb := '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abcd/"}';
  v_id uuid;
  v_event uuid;
begin
  v_id := hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', v_config) #>> '{installation,id}';
  assert (select r.to_entity_id from core_relationships r where r.from_entity_id = v_webhook and r.relationship_type = 'WEBHOOK_BELONGS_TO' and r.is_active) = v_id;
  v_event := hera_integration_event_in_v1(a.admin, a.organization, 'zapier', 'x', '{}', 'zapier-webhook') ->> 'event_id';
  perform hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'zapier-webhook');
  assert hera_test.place(hera_test.delivery(v_event, v_webhook)) = 'ready', 'what is queued is sent';
  assert (select w.status from hera.webhooks w where w.id = v_webhook) = 'active';
  assert hera_integration_event_in_v1(a.admin, a.organization, 'zapier', 'x', '{}') @> '{"deliveries": 0}', 'nothing new reaches it';
  v_id := hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', v_config) #>> '{installation,id}';
  assert (select r.to_entity_id from core_relationships r where r.from_entity_id = v_webhook and r.relationship_type = 'WEBHOOK_BELONGS_TO' and r.is_active) = v_id;
  assert (select w.installation_id from hera.webhooks w where w.id = v_webhook) = v_id;
  assert hera_integration_event_in_v1(a.admin, a.organization, 'zapier', 'x', '{}', 'zapier-webhook') @> '{"deliveries": 1}';
end
$$;
