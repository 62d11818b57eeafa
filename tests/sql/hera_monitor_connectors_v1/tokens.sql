-- Installations by connector and state, the token that is over first first; uninstalled ones are left out.
do $$
declare
  a record := hera_test.organization('A');
  v_now timestamptz := hera_test.move_clock('0');
  v_id uuid;
  i record;
  v jsonb;
begin
  for i in
    select * from (values ('meta-graph-api', 'active', interval '3 days'), ('hubspot-crm', 'reauth_required', interval '-1 hour'), ('linkedin-api', 'paused', interval '60 days'),
      ('zapier-webhook', 'active', null), ('whatsapp-business-cloud', 'error', null), ('gone', 'inactive', interval '1 hour')) x (code, status, token)
  loop
    v_id := gen_random_uuid();
    insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, status, smart_code, created_by, updated_by)
    values (v_id, a.organization, 'INTEGRATION_CONNECTOR_INSTALL', i.code, i.code, i.status, 'HERA.X1.Y1.v1', a.admin, a.admin);
    if i.token is not null then
      insert into hera.core_dynamic_data (organization_id, entity_id, field_name, field_type, field_value_date, field_value_text, smart_code, created_by, updated_by)
      values (a.organization, v_id, 'token_expires_at', 'date', v_now + i.token, null, 'HERA.X1.Y1.v1', a.admin, a.admin),
        (a.organization, v_id, 'last_success_at', 'date', v_now - interval '5 minutes', null, 'HERA.X1.Y1.v1', a.admin, a.admin),
        (a.organization, v_id, 'last_error', 'text', null, 'token_expired', 'HERA.X1.Y1.v1', a.admin, a.admin),
        (a.organization, v_id, 'installation_config', 'text', null, 'not to be shown', 'HERA.X1.Y1.v1', a.admin, a.admin);
    end if;
  end loop;
  v := hera_monitor_connectors_v1(a.admin, a.organization);
  assert (select array_agg(x ->> 'code' order by n) from jsonb_array_elements(v -> 'installations') with ordinality y (x, n))
    = array['hubspot-crm', 'meta-graph-api', 'linkedin-api', 'whatsapp-business-cloud', 'zapier-webhook'], v::text;
  assert v #> '{installations,0}' @> '{"status": "reauth_required", "token_expires_in_seconds": -3600, "last_error": "token_expired"}', v::text;
  assert (v #>> '{installations,0,last_success_at}')::timestamptz = v_now - interval '5 minutes' and v::text !~ 'not to be shown';
  assert v -> 'connectors' @> '[{"code": "meta-graph-api", "installations": 1, "active": 1, "tokens_expired": 0, "tokens_expiring_in_7_days": 1}]'
    and v -> 'connectors' @> '[{"code": "hubspot-crm", "active": 0, "reauth_required": 1, "tokens_expired": 1, "tokens_expiring_in_7_days": 0}]'
    and v -> 'connectors' @> '[{"code": "linkedin-api", "paused": 1, "tokens_expiring_in_7_days": 0}]', v::text;
  assert hera_monitor_overview_v1(a.admin, a.organization) @> '{"installations": 5, "installations_active": 2, "installations_in_error": 1,
    "installations_to_authorize": 1, "tokens_expired": 1, "tokens_expiring_in_7_days": 1, "alerts": ["connector_error", "connector_reauth", "token_expiring"]}',
    hera_monitor_overview_v1(a.admin, a.organization)::text;
  assert hera_monitor_connectors_v1(hera_test.system(), hera_test.platform()) -> 'installations' = v -> 'installations', 'the platform sees the same';
  assert (select count(*) from hera_monitor_connectors) = 5;
end
$$;
