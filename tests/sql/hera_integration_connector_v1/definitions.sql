-- CREATE_DEFINITION: defaults, all places that hold it, event types and their links.
do $$
declare
  v jsonb := hera_test.define('acme-orders', '{"name": "Acme Orders", "description": "Orders of Acme", "category": "shop", "code": "acme-orders",
    "fields": [{"name": "token", "type": "string", "required": true, "secret": true}],
    "inbound": {"events": [{"type": "order_paid", "smart_code": "HERA.ACME.EVENT.ORDER.PAID.v1", "note": "n"}, {"type": "order_lost"}]}}');
  v_id uuid := v ->> 'id';
  a record := hera_test.organization('A');
begin
  assert v @> '{"code": "acme-orders", "name": "Acme Orders", "type": "INTEGRATION_CONNECTOR_DEF", "status": "active",
    "smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1", "installations_count": 0,
    "config": {"status": "active", "version": 1, "auth": {"type": "none"}, "category": "shop"}}' and not v -> 'config' ? 'code', v::text;
  assert (select (e.entity_name, e.entity_description, e.organization_id) from core_entities e where e.id = v_id)
    = ('Acme Orders'::text, 'Orders of Acme'::text, hera_test.platform());
  assert hera_test.links(v_id, 'CONNECTOR_SUPPORTS') = array['acme-orders.order_lost', 'acme-orders.order_paid'];
  assert (select array_agg((e.entity_type, e.smart_code)::text order by e.entity_code) from core_entities e where e.entity_code like 'acme-orders.%')
    = array['(INTEGRATION_EVENT_TYPE,HERA.INTEGRATION.EVENT.ACME_ORDERS.ORDER_LOST.v1)', '(INTEGRATION_EVENT_TYPE,HERA.ACME.EVENT.ORDER.PAID.v1)'];
  assert hera_integration_event_in_v1(a.admin, a.organization, 'acme', 'order_paid', '{}', 'acme-orders') ->> 'smart_code' = 'HERA.ACME.EVENT.ORDER.PAID.v1',
    'the mapping gives the smart code of events';

  -- UPDATE_DEFINITION merges; event types that are gone are no longer linked, and one that comes back is the same.
  v := hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'acme-orders',
    '{"version": 2, "category": null, "vars": {"url": "https://a"}, "inbound": {"events": [{"type": "order_lost", "smart_code": "HERA.ACME.EVENT.ORDER.LOST.v1"}]}}') -> 'connector';
  assert v @> '{"name": "Acme Orders", "config": {"version": 2, "category": "custom", "description": "Orders of Acme", "vars": {"url": "https://a"}}}', v::text;
  assert hera_test.links(v_id, 'CONNECTOR_SUPPORTS') = array['acme-orders.order_lost'];
  assert (select count(*) from core_relationships r where r.from_entity_id = v_id and r.relationship_type = 'CONNECTOR_SUPPORTS' and not r.is_active) = 1;
  assert hera_integration_event_in_v1(a.admin, a.organization, 'acme', 'order_lost', '{}', 'acme-orders') ->> 'smart_code' = 'HERA.ACME.EVENT.ORDER.LOST.v1';
  v := hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'acme-orders',
    '{"name": "Acme", "vars": {"url": null}, "inbound": {"events": [{"type": "order_paid"}]}}') -> 'connector';
  assert v @> '{"name": "Acme", "config": {"vars": {}}}', v::text;
  assert hera_test.links(v_id, 'CONNECTOR_SUPPORTS') = array['acme-orders.order_paid'];
  assert (select count(*) from core_entities e where e.entity_code = 'acme-orders.order_paid') = 1;

  -- Writing what is there already writes nothing.
  assert (select e.version from core_entities e where e.id = v_id) = 3;
  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'acme-orders', '{"name": "Acme"}');
  assert (select e.version from core_entities e where e.id = v_id) = 3;

  assert (select array_agg(l.operation order by l.id) from hera.audit_log l where l.target_id = v_id and l.organization_id = hera_test.platform())
    = array['CREATE_DEFINITION', 'UPDATE_DEFINITION', 'UPDATE_DEFINITION', 'UPDATE_DEFINITION'];
end
$$;

-- RETIRE_DEFINITION: no new installation, those that are there go on; UPDATE_DEFINITION can take it back.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_platform constant uuid := hera_test.platform();
  v jsonb;
begin
  perform hera_test.define('acme');
  perform hera_test.connector(a.admin, a.organization, 'INSTALL', 'acme');
  for n in 1 .. 2 loop
    v := hera_test.connector(hera_test.system(), v_platform, 'RETIRE_DEFINITION', 'acme');
    assert v #> '{connector}' @> '{"status": "retired", "config": {"status": "retired"}}', v::text;
  end loop;
  perform hera_test.refused('PT409', 'connector.retired', b.admin, b.organization, 'INSTALL', 'acme');
  assert hera_integration_event_in_v1(a.admin, a.organization, 'acme', 'x', '{}', 'acme') @> '{"connector_installed": true}';
  assert hera_test.connector(a.admin, a.organization, 'CONFIGURE', 'acme') @> '{"installation": {"status": "active"}}';
  -- Applying its file does not bring it back, a platform admin does.
  assert hera_integration_setup_connector_v1('{"code": "acme", "name": "Acme", "smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1", "status": "active"}')
    @> '{"status": "retired", "result": "updated"}';
  perform hera_test.connector(hera_test.system(), v_platform, 'UPDATE_DEFINITION', 'acme', '{"status": "active"}');
  assert hera_test.connector(b.admin, b.organization, 'INSTALL', 'acme') @> '{"success": true}';
  perform hera_test.refused('PT400', 'connector_config.unknown', hera_test.system(), v_platform, 'RETIRE_DEFINITION', 'acme', '{"name": "x"}');
end
$$;

-- What is refused, and how.
do $$
declare
  s constant uuid := hera_test.system();
  p constant uuid := hera_test.platform();
  a record := hera_test.organization('A');
  v_good constant jsonb := '{"smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1"}';
  v_code text;
begin
  perform hera_test.refused('PT400', 'guardrail_violation:SMARTCODE_MISSING', s, p, 'CREATE_DEFINITION', 'acme-new', '{}');
  perform hera_test.refused('PT400', 'guardrail_violation:SMARTCODE_REGEX_FAIL', s, p, 'CREATE_DEFINITION', 'acme-new', '{"smart_code": "hera.x.v1"}');
  perform hera_test.refused('PT400', 'guardrail_violation:ORG_FILTER_MISMATCH', s, a.organization, 'CREATE_DEFINITION', 'acme-new', v_good);
  perform hera_test.refused('PT400', 'connector_config.unknown', s, p, 'CREATE_DEFINITION', 'acme-new', v_good || '{"colour": 1}');
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'CREATE_DEFINITION', 'acme-new', v_good || '{"code": "other"}');
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'CREATE_DEFINITION', 'acme-new', v_good || '{"version": "one"}');
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'CREATE_DEFINITION', 'acme-new', '[]');
  foreach v_code in array array['', 'Acme', 'a b', 'a/b', '-a', repeat('a', 64)]
  loop
    perform hera_test.refused('PT400', 'connector_code.invalid', s, p, 'CREATE_DEFINITION', v_code, v_good);
  end loop;
  perform hera_test.refused('PT400', 'connector_code.invalid', s, p, 'CREATE_DEFINITION', null, v_good);
  perform hera_test.refused('PT409', 'connector.exists', s, p, 'CREATE_DEFINITION', 'hubspot-crm', v_good);
  perform hera_test.refused('PT404', 'not_found', s, p, 'UPDATE_DEFINITION', 'no-such', v_good);
  perform hera_test.refused('PT404', 'not_found', s, p, 'RETIRE_DEFINITION', 'no-such');
  perform hera_test.refused('PT404', 'not_found', s, p, 'RETIRE_DEFINITION', null);
  -- A faulty change leaves the definition as it was.
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'UPDATE_DEFINITION', 'hubspot-crm', '{"auth": {"token": null}}');
  assert (hera_test.connector(s, p, 'GET', 'hubspot-crm') #> '{connector,config,auth,token}') is not null;
  -- What an operation does not read is refused.
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''INSTALL'', null, ''acme'', ''{"a": 1}'')', s, p), 'PT400', 'connector_config.unknown');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, ''PAUSE'', null, ''acme'', ''{}'', ''{"a": 1}'')', s, p), 'PT400', 'installation_config.unknown');
end
$$;
