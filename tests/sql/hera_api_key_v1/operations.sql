-- CREATE, LIST, REVOKE: the key is shown once, and acts like a member of its role.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v jsonb;
  v_key text;
  v_id uuid;
  v_members jsonb := hera_membership_v1(a.admin, a.organization) -> 'members';
begin
  v := hera_api_key_v1(a.admin, a.organization, 'CREATE', '{"name": "nightly import", "role": "member"}') -> 'api_key';
  v_key := v ->> 'key';
  v_id := v ->> 'id';
  assert v_key ~ '^hera_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$', v_key;
  assert v @> jsonb_build_object('name', 'nightly import', 'role', 'member', 'status', 'active', 'prefix', left(v_key, 17),
    'created_by', a.admin, 'expires_at', null, 'last_used_at', null), v::text;
  assert v_key <> hera_api_key_v1(a.admin, a.organization, 'CREATE', '{"name": "nightly import", "role": "member"}') #>> '{api_key,key}', 'a name may be there twice';

  -- What is stored is a hash, and nothing shows even that.
  assert (select k.key_hash from hera.api_keys k where k.id = v_id) = sha256(convert_to(v_key, 'UTF8'));
  v := hera_api_key_v1(a.admin, a.organization);
  assert jsonb_array_length(v -> 'api_keys') = 2 and v #>> '{api_keys,0,id}' = v_id::text and strpos(v::text, substring(v_key from 19)) = 0, v::text;
  assert not exists (select from hera.audit_log l where l::text like '%' || left(v_key, 17) || '%');
  assert not hera_integration_export_v1(a.admin, a.organization, '{"secrets": false}')::text ~ (left(v_key, 17) || '|' || encode(sha256(convert_to(v_key, 'UTF8')), 'hex'));
  assert jsonb_array_length(hera_api_key_v1(b.admin, b.organization) -> 'api_keys') = 0;

  -- A member's rights, here alone.
  assert hera_integration_event_in_v1(v_id, a.organization, 'shop', 'paid') @> '{"success": true}';
  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''CREATE'', ''{"url": "https://example.com"}'')', v_id, a.organization), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''paid'')', v_id, b.organization), 'PT403', 'actor_not_member');
  -- A manager's key is an actor of everything that managers do.
  v := hera_api_key_v1(a.admin, a.organization, 'CREATE', '{"name": "terraform", "role": "integration_manager"}') -> 'api_key';
  assert hera_integration_connector_v1((v ->> 'id')::uuid, a.organization, 'INSTALL', null, 'zapier-webhook', '{}', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/2"}') @> '{"success": true}';

  -- It is no member that others see or could change.
  assert hera_membership_v1(a.admin, a.organization) -> 'members' = v_members;
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''GRANT'', %L)', x.actor, x.organization, jsonb_build_object('user_entity_id', v_id, 'role', 'org_admin')), 'PT404', 'not_found')
  from (values (a.admin, a.organization), (b.admin, b.organization), (hera_test.system(), b.organization)) x (actor, organization);
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''REVOKE'', %L)', a.admin, a.organization, jsonb_build_object('user_entity_id', v_id)), 'PT404', 'not_found');

  v := hera_api_key_v1(a.admin, a.organization, 'REVOKE', jsonb_build_object('id', v_id));
  assert v -> 'api_key' @> jsonb_build_object('id', v_id, 'status', 'revoked') and not v -> 'api_key' ? 'key', v::text;
  assert (select k.key_hash is null from hera.api_keys k where k.id = v_id);
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''paid'')', v_id, a.organization), 'PT403', 'actor_not_member');
  assert hera_api_key_v1(a.admin, a.organization, 'REVOKE', jsonb_build_object('id', v_id)) #>> '{api_key,status}' = 'revoked', 'again: nothing changes';
  assert (select array_agg(l.operation order by l.id) from hera.audit_log l where l.organization_id = a.organization and l.target_id = v_id and l.actor_user_id = a.admin)
    = array['CREATE', 'REVOKE', 'REVOKE'];
end
$$;
rollback to clean;

-- An end: from then on the key may nothing, although nobody revoked it.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb := hera_api_key_v1(hera_test.system(), hera_test.platform(), 'CREATE', jsonb_build_object('name', 'x', 'role', 'platform_admin', 'expires_at', hera_internal.now() + interval '1 hour')) -> 'api_key';
  v_id uuid := v ->> 'id';
begin
  assert v ->> 'status' = 'active';
  assert hera_integration_event_in_v1(v_id, a.organization, 'shop', 'paid') @> '{"success": true}';
  assert jsonb_array_length(hera_organization_v1(v_id, 'LIST') -> 'organizations') >= 2;
  perform hera_test.move_clock('61 minutes');
  assert jsonb_path_exists(hera_api_key_v1(hera_test.system(), hera_test.platform()), '$.api_keys[*] ? (@.status == "expired")');
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''paid'')', v_id, x), 'PT403', 'actor_not_member')
  from unnest(array[a.organization, hera_test.platform()]) x;
  assert hera_organization_v1(v_id, 'LIST') -> 'organizations' = '[]';
end
$$;
rollback to clean;

-- The last platform admin is a person: a key doesn't count.
do $$
begin
  perform hera_api_key_v1(hera_test.system(), hera_test.platform(), 'CREATE', '{"name": "x", "role": "platform_admin"}');
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''REVOKE'', ''{"user_entity_id": "%s"}'')', hera_test.system(), hera_test.platform(), hera_test.system()), 'PT409', 'member.last_admin');
end
$$;
rollback to clean;

-- Faults.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_manager uuid := hera_test.member(a.organization, 'integration_manager');
  v_of_platform uuid := hera_test.member(hera_test.platform(), 'org_admin');
  v_foreign uuid := hera_api_key_v1(b.admin, b.organization, 'CREATE', '{"name": "x", "role": "member"}') #>> '{api_key,id}';
  v_case record;
begin
  for v_case in
    select * from (values
      (a.admin, a.organization, 'CREATE', '{"role": "member"}', 'PT400', 'api_key.invalid'), (a.admin, a.organization, 'CREATE', '{"name": "", "role": "member"}', 'PT400', 'api_key.invalid'),
      (a.admin, a.organization, 'CREATE', '{"name": "a\nb", "role": "member"}', 'PT400', 'api_key.invalid'), (a.admin, a.organization, 'CREATE', '{"name": ["x"], "role": "member"}', 'PT400', 'api_key.invalid'),
      (a.admin, a.organization, 'CREATE', format('{"name": "%s", "role": "member"}', repeat('x', 101)), 'PT400', 'api_key.invalid'),
      (a.admin, a.organization, 'CREATE', '{"name": "x"}', 'PT400', 'api_key.invalid'), (a.admin, a.organization, 'CREATE', '{"name": "x", "role": "king"}', 'PT400', 'api_key.invalid'),
      (a.admin, a.organization, 'CREATE', '{"name": "x", "role": "member", "expires_at": "2020-01-01"}', 'PT400', 'api_key.invalid'),
      (a.admin, a.organization, 'CREATE', '{"name": "x", "role": "member", "expires_at": "soon"}', 'PT400', 'field.invalid'),
      (a.admin, a.organization, 'CREATE', '{"name": "x", "role": "member", "scope": "all"}', 'PT400', 'api_key.unknown'), (a.admin, a.organization, 'CREATE', '[]', 'PT400', 'api_key.invalid'),
      (a.admin, a.organization, 'CREATE', '{"name": "x", "role": "platform_admin"}', 'PT403', 'permission_denied'),
      (hera_test.system(), a.organization, 'CREATE', '{"name": "x", "role": "platform_admin"}', 'PT400', 'api_key.invalid'),
      (v_of_platform, hera_test.platform(), 'CREATE', '{"name": "x", "role": "member"}', 'PT403', 'permission_denied'),
      (a.admin, a.organization, 'REVOKE', '{}', 'PT404', 'not_found'), (a.admin, a.organization, 'REVOKE', '{"id": "x"}', 'PT400', 'field.invalid'),
      (a.admin, a.organization, 'REVOKE', format('{"id": "%s"}', v_foreign), 'PT404', 'not_found'), (a.admin, a.organization, 'REVOKE', format('{"id": "%s"}', gen_random_uuid()), 'PT404', 'not_found'),
      (a.admin, a.organization, 'REVOKE', format('{"id": "%s"}', a.admin), 'PT404', 'not_found'),
      (a.admin, a.organization, 'ROTATE', '{}', 'PT400', 'operation.unknown'), (a.admin, a.organization, null, '{}', 'PT400', 'operation.unknown'),
      (v_manager, a.organization, 'LIST', '{}', 'PT403', 'permission_denied'), (v_manager, a.organization, 'CREATE', '{"name": "x", "role": "member"}', 'PT403', 'permission_denied'),
      (b.admin, a.organization, 'LIST', '{}', 'PT403', 'actor_not_member')
    ) as c (actor, organization, operation, api_key, sqlstate, code)
  loop
    perform hera_test.raises(format('select hera_api_key_v1(%L, %L, %L, %L)', v_case.actor, v_case.organization, v_case.operation, v_case.api_key), v_case.sqlstate, v_case.code);
  end loop;
  assert (select count(*) from hera.api_keys k where k.organization_id = a.organization) = 0;
end
$$;
rollback to clean;

-- A key made under an idempotency key is made once; the repeated answer doesn't show it again.
do $$
declare
  a record := hera_test.organization('A');
  v_create constant jsonb := '{"name": "x", "role": "member", "idempotency_key": "k"}';
  v_first jsonb := hera_api_key_v1(a.admin, a.organization, 'CREATE', v_create);
  v_again jsonb := hera_api_key_v1(a.admin, a.organization, 'CREATE', v_create);
begin
  assert v_first -> 'duplicate' = 'false' and v_again -> 'duplicate' = 'true';
  assert v_again #- '{api_key,key}' = (v_first || '{"duplicate": true}') #- '{api_key,key}';
  assert v_again #>> '{api_key,key}' = '••••' || right(v_first #>> '{api_key,key}', 4), v_again::text;
  assert (select count(*) from hera.api_keys k where k.organization_id = a.organization) = 1;
  assert not exists (select from hera.idempotent_calls c where strpos(c::text, right(v_first #>> '{api_key,key}', 20)) > 0), 'it is kept nowhere';
  perform hera_test.raises(format('select hera_api_key_v1(%L, %L, ''CREATE'', %L)', a.admin, a.organization, v_create || '{"role": "org_admin"}'), 'PT422', 'idempotency.mismatch');
end
$$;
rollback to clean;

-- LIST in pages, by role and status.
do $$
declare
  a record := hera_test.organization('A');
  v_ids uuid[] := array(select (hera_api_key_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('name', 'x', 'role', case when n < 3 then 'member' else 'org_admin' end))
    #>> '{api_key,id}')::uuid from generate_series(1, 3) n);
  v jsonb := hera_api_key_v1(a.admin, a.organization, 'LIST', '{"limit": 2}');
begin
  assert jsonb_path_query_array(v, '$.api_keys[*].id') = to_jsonb(v_ids[1:2]) and v ->> 'next_cursor' = v_ids[2]::text, v::text;
  v := hera_api_key_v1(a.admin, a.organization, 'LIST', jsonb_build_object('limit', 2, 'cursor', v_ids[2]));
  assert jsonb_path_query_array(v, '$.api_keys[*].id') = to_jsonb(v_ids[3:3]) and v -> 'next_cursor' = 'null', v::text;
  assert jsonb_array_length(hera_api_key_v1(a.admin, a.organization, 'LIST', '{"role": "org_admin"}') -> 'api_keys') = 1;
  perform hera_api_key_v1(a.admin, a.organization, 'REVOKE', jsonb_build_object('id', v_ids[1]));
  assert jsonb_path_query_array(hera_api_key_v1(a.admin, a.organization, 'LIST', '{"status": "revoked"}'), '$.api_keys[*].id') = to_jsonb(v_ids[1:1]);
  perform hera_test.raises(format('select hera_api_key_v1(%L, %L, ''LIST'', ''{"name": "x"}'')', a.admin, a.organization), 'PT400', 'api_key.unknown');
end
$$;
