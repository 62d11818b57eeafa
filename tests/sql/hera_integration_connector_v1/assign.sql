-- ASSIGN and UNASSIGN: who may install a definition that requires it.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  s constant uuid := hera_test.system();
  v_definition uuid := hera_test.define('closed', '{"requires_assignment": true}') ->> 'id';
  v_other uuid := hera_test.define('closed-too', '{"requires_assignment": true}') ->> 'id';
  v jsonb;
begin
  perform hera_test.refused('PT403', 'connector.not_assigned', a.admin, a.organization, 'INSTALL', 'closed');
  assert hera_test.connector(a.admin, a.organization, 'GET', 'closed') #> '{connector,assigned}' = 'false';
  for n in 1 .. 2 loop
    v := hera_test.connector(s, a.organization, 'ASSIGN', 'closed');
    assert v = jsonb_build_object('success', true, 'assignment', jsonb_build_object('code', 'closed', 'organization_id', a.organization, 'assigned', true)), v::text;
  end loop;
  perform hera_test.connector(s, a.organization, 'ASSIGN', 'closed-too');
  assert hera_test.links(a.organization, 'ORG_AUTHORIZED_FOR') = array['closed', 'closed-too'];
  assert hera_test.connector(a.admin, a.organization, 'GET', 'closed') #> '{connector,assigned}' = 'true'
    and hera_test.connector(b.admin, b.organization, 'GET', 'closed') #> '{connector,assigned}' = 'false';
  assert hera_test.connector(s, hera_test.platform(), 'GET', 'closed') #> '{connector,assigned_organizations}' = jsonb_build_array(a.organization);
  assert not hera_test.connector(b.admin, b.organization, 'GET', 'closed') -> 'connector' ? 'assigned_organizations';
  perform hera_test.refused('PT403', 'connector.not_assigned', b.admin, b.organization, 'INSTALL', 'closed');
  assert hera_test.connector(a.admin, a.organization, 'INSTALL', 'closed') #>> '{installation,status}' = 'active';

  -- Taken back: the installation is paused and stays so.
  for n in 1 .. 2 loop
    assert hera_test.connector(s, a.organization, 'UNASSIGN', 'closed') #> '{assignment,assigned}' = 'false';
  end loop;
  assert hera_test.links(a.organization, 'ORG_AUTHORIZED_FOR') = array['closed-too'];
  assert hera_test.connector(a.admin, a.organization, 'GET', 'closed') #>> '{installation,status}' = 'paused';
  perform hera_test.refused('PT403', 'connector.not_assigned', a.admin, a.organization, 'RESUME', 'closed');
  assert hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'closed') #>> '{installation,status}' = 'inactive';
  perform hera_test.connector(s, a.organization, 'UNASSIGN', 'closed');
  perform hera_test.connector(s, a.organization, 'ASSIGN', 'closed');
  perform hera_test.connector(a.admin, a.organization, 'INSTALL', 'closed');

  -- An open definition needs none; taking an assignment of it back changes nothing for its installation.
  perform hera_test.connector(a.admin, a.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "s"}');
  perform hera_test.connector(s, a.organization, 'UNASSIGN', 'hubspot-crm');
  assert hera_test.connector(a.admin, a.organization, 'GET', 'hubspot-crm') #>> '{installation,status}' = 'pending_auth';
  perform hera_test.refused('PT404', 'not_found', s, a.organization, 'ASSIGN', 'no-such');
  perform hera_test.refused('PT404', 'not_found', s, gen_random_uuid(), 'ASSIGN', 'closed');
  assert (select count(*) from hera.audit_log l where l.organization_id = a.organization and l.operation = 'ASSIGN' and l.target_id = v_definition) = 3;
end
$$;
