-- Who gets what: accounts with and without prefixes, an installation without an account, ambiguity, pauses, uninstallation, suspension.
do $$
declare
  v_a uuid := (hera_test.organization('a')).organization;
  v_b uuid := (hera_test.organization('b')).organization;
  v_of_a uuid;
  v_answer jsonb;
begin
  perform hera_test.hooks();
  v_of_a := hera_test.install(v_a, 'test-hooks', '{"secret": "secret-of-a"}');
  v_answer := hera_test.hook('[{"id": 1, "kind": "paid", "account": "x"}, {"id": 2, "kind": "paid"}]', 'secret-of-a');
  assert v_answer -> 'status' = '202' and v_answer ->> 'body' = '{"ok": true}' and v_answer #>> '{headers,content-type}' = 'application/json', v_answer::text;
  assert hera_test.events_of(v_a) = array['paid processed 1', 'paid processed 2'], 'the only one with the secret names no account: it gets all';

  perform hera_test.install(v_b, 'test-hooks', '{"secret": "secret-of-a", "account": "urn:acme:9"}');
  v_answer := hera_test.hook('[{"id": 3, "kind": "paid", "account": "9"}, {"id": 4, "kind": "paid", "account": "urn:acme:9"}, {"id": 5, "kind": "paid", "account": "x"}]',
    'secret-of-a');
  assert v_answer #> '{log,accepted}' = '2' and v_answer #> '{log,failed}' = '1', v_answer::text;
  assert hera_test.events_of(v_b) = array['paid processed 3', 'paid processed 4'], 'with and without the prefix';
  assert hera_test.events_of(hera_test.platform()) = array['paid failed 5'], 'of two with the secret nobody has that account';
  assert cardinality(hera_test.events_of(v_a)) = 2;

  perform hera_test.connector(hera_test.system(), v_a, 'CONFIGURE', 'test-hooks', '{"account": "x"}');
  perform hera_test.hook('{"id": 6, "kind": "paid", "account": "x"}', 'secret-of-a');
  assert 'paid processed 6' = any (hera_test.events_of(v_a)), 'a single object; the account is known at once';

  -- Paused: taken and kept, so that the provider is content and nothing is lost.
  perform hera_test.connector(hera_test.system(), v_a, 'PAUSE', 'test-hooks');
  v_answer := hera_test.hook('{"id": 7, "kind": "paid", "account": "x"}', 'secret-of-a', v_of_a);
  assert v_answer -> 'status' = '202' and 'paid failed 7' = any (hera_test.events_of(v_a)), v_answer::text;
  assert exists (select from hera.events e where e.organization_id = v_a and e.status_reason like 'connector.paused%');

  perform hera_organization_v1(hera_test.system(), 'SUSPEND', jsonb_build_object('id', v_b));
  v_answer := hera_test.hook('{"id": 8, "kind": "paid", "account": "9"}', 'secret-of-a');
  assert v_answer #> '{log,failed}' = '1' and 'paid failed 8' = any (hera_test.events_of(v_b)), v_answer::text;

  perform hera_test.connector(hera_test.system(), v_a, 'UNINSTALL', 'test-hooks');
  assert hera_test.hook('{"id": 9, "kind": "paid"}', 'secret-of-a', v_of_a) -> 'status' = '401', 'uninstalled is as if it never was';
end
$$;
rollback to clean;

-- The platform's secret: it alone tells that a request is the app's, and the account whose it is.
do $$
declare
  v_a uuid := (hera_test.organization('a')).organization;
  v_b uuid := (hera_test.organization('b')).organization;
begin
  perform hera_test.hooks(null, '{"auth": {"type": "oauth2", "authorize": {"url": "https://acme.example.com"},
    "token": {"url": "https://acme.example.com", "method": "POST", "client_auth": "body"}, "scopes": {"default": [], "separator": " "},
    "refresh": {"strategy": "none"}}}');
  perform hera_test.install(hera_test.platform(), 'test-hooks', '{"secret": "of-the-platform"}');
  perform hera_test.install(v_a, 'test-hooks', '{"secret": "of-a", "account": "x"}');
  perform hera_test.install(v_b, 'test-hooks', '{"secret": "of-b", "account": "x"}');
  perform hera_test.hook('{"id": 1, "kind": "paid", "account": "x"}', 'of-the-platform');
  assert hera_test.events_of(v_a) = array['paid processed 1'] and hera_test.events_of(v_b) = '{}', 'the older one';
  perform hera_internal.set_installation_status(hera_test.system(), v_b, e.id, 'active')
  from hera.core_entities e where e.organization_id = v_b and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL';
  perform hera_test.hook('{"id": 2, "kind": "paid", "account": "x"}', 'of-the-platform');
  assert hera_test.events_of(v_b) = array['paid processed 2'], 'the one that was authorized';
  perform hera_test.hook('{"id": 3, "kind": "paid", "account": "x"}', 'of-a');
  assert hera_test.events_of(v_a) = array['paid processed 1', 'paid processed 3'], 'its own secret is its own';
end
$$;
