-- installations_count: the platform counts the live installations of every organization, a tenant its own.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  c record := hera_test.organization('C');
  v_config constant jsonb := '{"client_id": "c", "client_secret": "s"}';
  v_before int := (hera_test.connector(hera_test.system(), hera_test.platform(), 'GET', 'hubspot-crm') #>> '{connector,installations_count}')::int;
begin
  perform hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', v_config);
  perform hera_test.connector(b.admin, b.organization, 'INSTALL', 'hubspot-crm', v_config);
  perform hera_test.connector(c.admin, c.organization, 'INSTALL', 'hubspot-crm', v_config);
  perform hera_test.connector(c.admin, c.organization, 'UNINSTALL', 'hubspot-crm');
  perform hera_test.connector(b.admin, b.organization, 'PAUSE', 'hubspot-crm');
  assert (hera_test.connector(hera_test.system(), hera_test.platform(), 'GET', 'hubspot-crm') #>> '{connector,installations_count}')::int = v_before + 2;
  assert hera_test.connector(a.admin, a.organization, 'GET', 'hubspot-crm') @> '{"connector": {"installations_count": 1}}';
  assert hera_test.connector(c.admin, c.organization, 'GET', 'hubspot-crm') @> '{"connector": {"installations_count": 0}}';
  -- The count is all that the platform is told: its LIST holds its own installations.
  assert not hera_test.connector(hera_test.system(), hera_test.platform(), 'LIST', 'hubspot-crm') -> 'connectors' @> '[{"type": "INTEGRATION_CONNECTOR_INSTALL"}]';
  -- A platform admin in an organization sees what that organization sees.
  assert hera_test.connector(hera_test.system(), a.organization, 'GET', 'hubspot-crm') @> '{"connector": {"installations_count": 1}, "installation": {"status": "pending_auth"}}';
end
$$;
