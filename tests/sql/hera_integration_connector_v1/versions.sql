-- Versions of one definition side by side: the same version is mended in place, a higher one is added, an installation moves when told to.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_beta record := hera_test.organization('beta');
  v_v2 constant jsonb := '{"version": 2, "fields": [{"name": "secret", "type": "string", "secret": true, "required": true},
    {"name": "account", "type": "string", "required": true}, {"name": "region", "type": "string", "default": "eu", "choices": ["eu", "us"]}],
    "inbound": {"events": [{"type": "paid", "smart_code": "HERA.TEST.EVENT.PAID.v2", "key": ["$.number"], "each": [{"as": "item", "path": "$[*] ? (@.kind == \"paid\")"}]}]}}';
  v_answer jsonb;
  v_of_acme uuid;
begin
  perform hera_test.hooks();
  v_of_acme := hera_test.install(v_acme.organization, 'test-hooks', '{"secret": "s-acme"}');
  v_answer := hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', v_v2) -> 'connector';
  assert v_answer -> 'version' = '2' and v_answer -> 'versions' = '[1, 2]', v_answer::text;
  perform hera_test.install(v_beta.organization, 'test-hooks', '{"secret": "s-beta", "account": "b"}');

  assert hera_internal.installed_definition(v_acme.organization, v_of_acme) -> 'version' = '1', 'it stays on its version';
  v_answer := hera_test.connector(v_acme.admin, v_acme.organization, 'GET', 'test-hooks');
  assert v_answer #> '{installation,version}' = '1' and v_answer #> '{connector,versions}' = '[1, 2]', v_answer::text;
  v_answer := hera_test.connector(v_beta.admin, v_beta.organization, 'GET', 'test-hooks') -> 'installation';
  assert v_answer -> 'version' = '2' and v_answer #>> '{config,region}' = 'eu', v_answer::text;

  -- Each is read by its own rules, at one address; smart codes follow, of events that callers send too.
  perform hera_test.hook('[{"id": 1, "number": 10, "kind": "paid"}]', 's-acme');
  perform hera_test.hook('[{"id": 1, "number": 10, "kind": "paid", "account": "b"}]', 's-beta');
  assert (select array_agg(e.smart_code || ' ' || e.idempotency_key order by e.smart_code) from hera.events e where e.connector_code = 'test-hooks')
    = array['HERA.TEST.EVENT.PAID.v1 test-hooks::paid:1', 'HERA.TEST.EVENT.PAID.v2 test-hooks:b:paid:10'];
  assert hera_integration_event_in_v1(v_acme.admin, v_acme.organization, 'x', 'paid', p_connector_code => 'test-hooks') ->> 'smart_code' = 'HERA.TEST.EVENT.PAID.v1';
  assert hera_integration_event_in_v1(v_beta.admin, v_beta.organization, 'x', 'paid', p_connector_code => 'test-hooks') ->> 'smart_code' = 'HERA.TEST.EVENT.PAID.v2';

  -- A mended version is there at once for its installations, the older one too.
  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', '{"version": 1, "description": "mended"}');
  assert hera_internal.installed_definition(v_acme.organization, v_of_acme) ->> 'description' = 'mended';
  assert hera_internal.installed_definition(v_acme.organization, v_of_acme) -> 'version' = '1';
  assert (hera_internal.definition_of('test-hooks')).config -> 'version' = '2' and not (hera_internal.definition_of('test-hooks')).config ? 'description';
  perform hera_test.refused('PT409', 'connector.version', hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'test-hooks', '{"version": 0}');

  -- CONFIGURE is by the fields of its version; UPGRADE asks for what the new one needs.
  perform hera_test.refused('PT400', 'installation_config.unknown', v_acme.admin, v_acme.organization, 'CONFIGURE', 'test-hooks', '{"region": "us"}');
  perform hera_test.refused('PT400', 'installation_config.missing', v_acme.admin, v_acme.organization, 'UPGRADE', 'test-hooks');
  v_answer := hera_test.connector(v_acme.admin, v_acme.organization, 'UPGRADE', 'test-hooks', '{"account": "a", "region": "us"}') -> 'installation';
  assert v_answer -> 'version' = '2' and v_answer #>> '{config,region}' = 'us' and v_answer ->> 'id' = v_of_acme::text, v_answer::text;
  assert hera_test.hook('[{"id": 2, "number": 20, "kind": "paid", "account": "a"}]', 's-acme') #> '{log,accepted}' = '1', 'its secret went with it';
  perform hera_test.refused('PT400', 'installation_config.invalid', v_acme.admin, v_acme.organization, 'CONFIGURE', 'test-hooks', '{"region": "mars"}');

  v_answer := hera_integration_connector_v1(v_acme.admin, v_acme.organization, 'UPGRADE', p_connector_code => 'test-hooks', p_options => '{"version": 1}') -> 'installation';
  assert v_answer -> 'version' = '1' and not v_answer -> 'config' ? 'region', 'and back, without the field that version 1 does not have';
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, %L, p_connector_code => %L, p_options => %L)',
    v_acme.admin, v_acme.organization, 'UPGRADE', 'test-hooks', '{"version": 7}'), 'PT404', 'connector.version');
  perform hera_test.raises(format('select hera_integration_connector_v1(%L, %L, %L, p_connector_code => %L, p_options => %L)',
    v_acme.admin, v_acme.organization, 'UPGRADE', 'test-hooks', '{"version": "x"}'), 'PT400', 'options.invalid');
end
$$;
rollback to clean;

-- A secret that becomes a plain field, and the other way round.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_id uuid;
begin
  perform hera_test.define('turn', '{"fields": [{"name": "a", "type": "string", "secret": true}, {"name": "b", "type": "string"}]}');
  v_id := hera_test.install(v_acme.organization, 'turn', '{"a": "secret-a-of-mine", "b": "plain-b-of-mine"}');
  perform hera_test.connector(hera_test.system(), hera_test.platform(), 'UPDATE_DEFINITION', 'turn',
    '{"version": 2, "fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string", "secret": true}]}');
  assert hera_test.connector(v_acme.admin, v_acme.organization, 'UPGRADE', 'turn') #> '{installation,config}' = '{"b": "••••mine"}';
  assert (select array_agg(s.name || ' ' || hera_internal.unseal(s.sealed)) from hera.secrets s where s.entity_id = v_id) = array['b plain-b-of-mine'];
  assert not exists (select from hera.installation_fields f where f.installation_id = v_id and f.field_name <> ''), 'nor is it found by it';
end
$$;
