-- hera_test.hooks: a definition test-hooks whose provider signs the body with `secret`; items of one body may be several accounts'.
create function hera_test.hooks(p_events jsonb default null, p_more jsonb default '{}') returns jsonb
language sql
as $$
  select hera_test.define('test-hooks', jsonb_build_object(
    'fields', jsonb '[{"name": "secret", "type": "string", "secret": true, "required": true}, {"name": "account", "type": "string"}]',
    'inbound', jsonb '{"ack": {"status": 202, "body": "{\"ok\": true}"}, "account_ref": {"in": "item", "paths": ["$.account"]}, "account_fields": ["account"],
      "account_prefixes": ["urn:acme:"], "verify": [{"name": "hmac", "type": "hmac", "key": "secret", "message": ["body"], "encoding": "hex",
        "signature": {"header": "X-Signature"}}]}' || jsonb_build_object('events', coalesce(p_events, jsonb '[{"type": "paid", "key": ["$.id"],
      "smart_code": "HERA.TEST.EVENT.PAID.v1", "each": [{"as": "item", "path": "$[*] ? (@.kind == \"paid\")"}]}]'))) || p_more);
$$;

-- hera_test.hook: a signed request of test-hooks.
create function hera_test.hook(p_body text, p_secret text, p_installation uuid default null, p_code text default 'test-hooks') returns jsonb
language sql
as $$
  select hera_integration_inbound_v1('POST', 'https://hera.example.com/in?token=x', jsonb_build_object('X-Signature',
    encode(hmac(convert_to(p_body, 'UTF8'), convert_to(p_secret, 'UTF8'), 'sha256'), 'hex')), convert_to(p_body, 'UTF8'), p_code, p_installation);
$$;

-- hera_test.install: an installation; answers its id.
create function hera_test.install(p_organization uuid, p_code text, p_config jsonb) returns uuid
language sql
as $$
  select (hera_test.connector(hera_test.system(), p_organization, 'INSTALL', p_code, p_config) #>> '{installation,id}')::uuid;
$$;

-- hera_test.events_of: the events of an organization as "type status data", sorted.
create function hera_test.events_of(p_organization uuid) returns text[]
language sql
as $$
  select coalesce(array_agg(concat_ws(' ', e.event_type, e.status, e.event_data ->> 'id') order by e.event_type, e.status, e.event_data ->> 'id'), '{}')
  from hera.events e where e.organization_id = p_organization;
$$;
