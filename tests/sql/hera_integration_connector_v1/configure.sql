-- Each kind of field: what it takes and what it refuses.
do $$
declare
  a record := hera_test.organization('A');
  v_good constant jsonb := '{"s": "x", "n": 1.5, "i": 7, "b": true, "u": "https://example.com/hook", "k": "key"}';
  v_bad jsonb;
begin
  perform hera_test.define('kinds', '{"fields": [{"name": "s", "type": "string", "required": true}, {"name": "n", "type": "number"}, {"name": "i", "type": "integer"},
    {"name": "b", "type": "boolean"}, {"name": "u", "type": "url"}, {"name": "k", "type": "string", "secret": true, "required": true}]}');
  foreach v_bad in array array['{"s": 1}', '{"s": ""}', '{"s": "  "}', '{"s": "a\nb"}', '{"s": {}}', '{"n": "1"}', '{"n": []}', '{"i": 1.5}', '{"i": 1e30}', '{"b": "true"}',
    '{"u": "ftp://example.com"}', '{"u": "https://127.0.0.1/"}', '{"u": "not a url"}', '{"k": 7}', '{"k": "••••abcd"}']::jsonb[]
    || jsonb_build_object('s', repeat('x', 4097)) || ('{"n": 1' || repeat('0', 60) || '}')::jsonb
  loop
    perform hera_test.refused('PT400', 'installation_config.invalid', a.admin, a.organization, 'INSTALL', 'kinds', v_good || v_bad);
  end loop;
  perform hera_test.refused('PT400', 'installation_config.missing', a.admin, a.organization, 'INSTALL', 'kinds', v_good - 's');
  perform hera_test.refused('PT400', 'installation_config.missing', a.admin, a.organization, 'INSTALL', 'kinds', v_good || '{"k": null}');
  perform hera_test.refused('PT400', 'installation_config.unknown', a.admin, a.organization, 'INSTALL', 'kinds', v_good || '{"colour": "x"}');
  perform hera_test.refused('PT400', 'installation_config.invalid', a.admin, a.organization, 'INSTALL', 'kinds', '[]');
  assert not exists (select from core_entities e where e.organization_id = a.organization and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'), 'a refused INSTALL leaves nothing';
  assert hera_test.connector(a.admin, a.organization, 'INSTALL', 'kinds', v_good) #> '{installation,config}' = v_good || '{"k": "••••"}';
end
$$;

-- CONFIGURE merges: what is not named stays, null takes out, a secret's own mask leaves it.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "the-first-secret"}') #>> '{installation,id}';
  v jsonb;
begin
  v := hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'hubspot-crm', '{"portal_id": "33", "client_secret": "••••cret"}');
  assert v @> '{"installation": {"config": {"client_id": "c", "portal_id": "33", "client_secret": "••••cret"}}}', v::text;
  assert (select array_agg(hera_internal.unseal(s.sealed)) from hera.secrets s where s.entity_id = v_id) = array['the-first-secret'];
  v := hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'hubspot-crm', '{"portal_id": null, "client_secret": "the-second-one"}');
  assert v #> '{installation,config}' = '{"client_id": "c", "client_secret": "••••-one"}', v::text;
  assert (select array_agg(hera_internal.unseal(s.sealed)) from hera.secrets s where s.entity_id = v_id) = array['the-second-one'];
  perform hera_test.refused('PT400', 'installation_config.invalid', a.admin, a.organization, 'CONFIGURE', 'hubspot-crm', '{"client_secret": "••••cret"}');
  perform hera_test.refused('PT400', 'installation_config.missing', a.admin, a.organization, 'CONFIGURE', 'hubspot-crm', '{"client_secret": null}');
  perform hera_test.refused('PT400', 'installation_config.unknown', a.admin, a.organization, 'CONFIGURE', 'hubspot-crm', '{"x": 1}');
  assert (select array_agg(hera_internal.unseal(s.sealed)) from hera.secrets s where s.entity_id = v_id) = array['the-second-one'];
end
$$;

-- No answer, table, log row or error ever holds a secret.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
begin
  for v in
    values (hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/canary/catch/", "auth_header": "Basic canary-header", "inbound_token": "canary-inbound-token"}')),
      (hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'zapier-webhook', '{"auth_header": "Bearer canary-header-2"}')),
      (hera_test.connector(a.admin, a.organization, 'PAUSE', 'zapier-webhook')), (hera_test.connector(a.admin, a.organization, 'RESUME', 'zapier-webhook')),
      (hera_test.connector(a.admin, a.organization, 'GET', 'zapier-webhook')), (hera_test.connector(a.admin, a.organization, 'LIST')),
      (hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'zapier-webhook'))
  loop
    assert v::text not like '%canary%', v::text;
  end loop;
  assert not exists (select from hera.secrets s where encode(s.sealed, 'escape') like '%canary%' or s.hint like '%canary%');
  assert not exists (select from core_dynamic_data d where d::text like '%canary%');
  assert not exists (select from hera.audit_log l where l::text like '%canary%');
  begin
    perform hera_test.connector(a.admin, a.organization, 'INSTALL', 'zapier-webhook', '{"webhook_url": "http://canary.example.com/"}');
    assert false;
  exception
    when sqlstate 'PT400' then
      assert sqlerrm not like '%canary%', sqlerrm;
  end;
  -- Without a key nothing can be stored.
  perform set_config('hera.encryption_key', '', true);
  perform hera_test.refused('PT500', 'encryption.key_missing', a.admin, a.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "s"}');
  assert hera_test.connector(a.admin, a.organization, 'LIST') @> '{"success": true}';
end
$$;
