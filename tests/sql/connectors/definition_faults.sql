-- Each fault of a definition is found, and the sentence begins with its path.
do $$
declare
  v_good constant jsonb := '{"name": "n", "smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1", "status": "active", "version": 1, "category": "c",
    "vars": {"url": "https://a"}, "fields": [{"name": "k", "type": "string", "secret": true}, {"name": "p", "type": "string"}], "auth": {"type": "none"},
    "inbound": {"verify": [{"name": "sig", "type": "hmac", "key": "k", "message": ["body"], "encoding": "hex", "signature": {"header": "X"}}],
      "handshake": [{"name": "h", "when": {"method": "GET", "query": ["c"]}, "require": [{"query": "c", "regex": "^[0-9a-f]{8}$"}],
        "respond": {"status": 200, "content_type": "text/plain", "template": "{{hmac}}", "hmac": {"key": "k", "message": ["query:c"]}}, "otherwise": {"status": 403}}],
      "account_ref": {"in": "item", "paths": ["$.account"]},
      "events": [{"type": "e", "each": [{"as": "list", "path": "$.list"}, {"as": "item", "in": "list", "path": "$[*]"}], "key": ["$.id"]}]},
    "actions": [{"code": "go", "method": "POST", "url": "{{vars.url}}/x", "body": {"a": "{{input.a}}"}, "input_schema": {"properties": {"a": {"type": "string"}}},
      "success": {"status": [200]}, "idempotency": "none"}],
    "samples": [{"name": "s", "body": {"list": [{"id": 1, "account": "z"}]}, "events": [{"type": "e", "key": "1", "account_ref": "z"}]}]}';
  v record;
  v_config jsonb;
  v_fault text;
begin
  assert hera_internal.definition_fault(v_good) is null, hera_internal.definition_fault(v_good);
  for v in
    select * from (values
      ('{name}', null, 'connector_config.name is missing'),
      ('{name}', '""', 'connector_config.name must'),
      ('{status}', '"maybe"', 'connector_config.status must be one of active, retired'),
      ('{version}', '1.5', 'connector_config.version must be a whole number'),
      ('{vars,url}', '7', 'connector_config.vars.url must'),
      ('{fields}', '{}', 'connector_config.fields must be a list'),
      ('{fields,1,colour}', '1', 'connector_config.fields[1] has an unknown key colour'),
      ('{fields,1,type}', '"blob"', 'connector_config.fields[1].type must be one of'),
      ('{fields,1,name}', '"k"', 'connector_config.fields[1].name is there twice'),
      ('{fields,1,name}', '"A b"', 'connector_config.fields[1].name must be a name'),
      ('{fields,0,type}', '"number"', 'connector_config.fields[0].type of a secret'),
      ('{fields,1,made_if_absent}', 'true', 'connector_config.fields[1].made_if_absent'),
      ('{auth,type}', '"oauth2"', 'connector_config.auth of type oauth2 needs'),
      ('{auth,scopes}', '{"default": [], "separator": " "}', 'connector_config.auth has keys of oauth2'),
      ('{inbound,verify,0,key}', '"p"', 'connector_config.inbound.verify names p'),
      ('{inbound,handshake,0,respond,hmac,key}', '"nobody"', 'connector_config.inbound.handshake names nobody'),
      ('{inbound,handshake,0,require,0,regex}', null, 'connector_config.inbound.handshake h signs query:c'),
      ('{inbound,handshake,0,require,0,regex}', '"[0-9a-f]{8}"', 'connector_config.inbound.handshake h signs query:c'),
      ('{inbound,handshake,0,require,0,regex}', '"^a|.*$"', 'connector_config.inbound.handshake h would sign an event'),
      ('{inbound,handshake,0,require,0,regex}', '"^[$"', 'connector_config.inbound.handshake[0].require[0].regex is not a regex'),
      ('{inbound,handshake,0,respond,hmac,message}', '["body"]', 'connector_config.inbound.handshake h: hmac.message'),
      ('{inbound,verify,0,message}', '["timestamp", "body"]', 'connector_config.inbound.verify sig: message has a timestamp part'),
      ('{inbound,verify,0,message}', '["bdy"]', 'connector_config.inbound.verify sig: message has an unknown part bdy'),
      ('{inbound,verify,0,message}', '["literal:x"]', 'connector_config.inbound.verify sig: message must hold body'),
      ('{inbound,verify,0,encoding}', null, 'connector_config.inbound.verify sig needs message and encoding'),
      ('{inbound,verify,0,type}', '"md5"', 'connector_config.inbound.verify[0].type must be one of'),
      ('{inbound,events,0,smart_code}', '"x"', 'connector_config.inbound.events[0].smart_code must be a smart code'),
      ('{inbound,events,0,type}', '"a b"', 'connector_config.inbound.events a b: type'),
      ('{inbound,events,1}', '{"type": "e"}', 'connector_config.inbound.events e is there twice'),
      ('{inbound,events,0,each,1,in}', '"nothing"', 'connector_config.inbound.events e: in names nothing'),
      ('{inbound,events,0,each,1,path}', '"$..["', 'connector_config.inbound.events[0].each[1].path is not a jsonpath'),
      ('{inbound,events,0,key}', null, 'connector_config.inbound.events e needs a key'),
      ('{inbound,events,0,enrich}', '{"action": "nope", "input": {}}', 'connector_config.inbound.events e: enrich names the action nope'),
      ('{inbound,account_ref,in}', '"other"', 'connector_config.inbound.events e: account_ref reads other'),
      ('{polls}', '[{"code": "p", "event": "nope", "every_s": 60, "url": "https://a"}]', 'connector_config.polls names the event nope'),
      ('{actions,0,url}', '"http://a"', 'connector_config.actions[0].url must begin with'),
      ('{actions,0,url}', '"{{vars.nope}}/x"', 'connector_config has a placeholder {{vars.nope}}'),
      ('{actions,0,body,a}', '"{{fields.nope}}"', 'connector_config has a placeholder {{fields.nope}}'),
      ('{actions,0,body,a}', '"{{nope}}"', 'connector_config has a placeholder {{nope}}'),
      ('{actions,0,method}', '"TRACE"', 'connector_config.actions[0].method must be one of'),
      ('{actions,0,success,status}', '[999]', 'connector_config.actions[0].success.status[0] must be an HTTP status'),
      ('{errors}', '[{"when": {"status": ["5xx"]}, "class": "shrug"}]', 'connector_config.errors[0].class must be one of'),
      ('{samples,0,events,0,key}', '"2"', 'connector_config.samples: s gives'),
      ('{samples,0,events,0,account_ref}', '"y"', 'connector_config.samples: s gives'),
      ('{samples,0,events}', '[]', 'connector_config.samples: s gives'),
      ('{samples,0,events,1}', '{"type": "e", "key": "9"}', 'connector_config.samples: s gives'),
      ('{test_vectors}', '[{"name": "t", "verify": "nope", "secret": "s", "signature": "x", "valid": true}]', 'connector_config.test_vectors: t names no rule'),
      ('{test_vectors}', '[{"name": "t", "verify": "sig", "secret": "s", "signature": "x", "valid": true}]', 'connector_config.test_vectors: t does not hold'),
      ('{inbound,events,0,key}', '["$nothing.id"]', 'connector_config.inbound.events e: a jsonpath reads $nothing')
      ) f (path, value, fault)
  loop
    v_config := case when v.value is null then v_good #- v.path::text[] else jsonb_set(v_good, v.path::text[], v.value::jsonb) end;
    v_fault := hera_internal.definition_fault(v_config);
    assert starts_with(v_fault, v.fault), format('%s = %s: %s', v.path, v.value, coalesce(v_fault, 'no fault'));
  end loop;
  -- A vector that should not hold, and does.
  v_config := v_good || jsonb_build_object('test_vectors', jsonb_build_array(jsonb_build_object('name', 't', 'verify', 'sig', 'secret', 's', 'body', 'b',
    'signature', encode(hera_internal.hmac_sha256('b', 's'), 'hex'), 'valid', true)));
  assert hera_internal.definition_fault(v_config) is null, hera_internal.definition_fault(v_config);
  assert hera_internal.definition_fault(jsonb_set(v_config, '{test_vectors,0,valid}', 'false')) = 'connector_config.test_vectors: t does not hold';
  assert hera_internal.definition_fault(v_good || jsonb_build_object('notes', jsonb_build_array(repeat('x', 300000)))) like 'connector_config is larger%';
end
$$;
