-- A key is found by its hash, whichever organization it belongs to, until it is revoked or has ended.
do $$
declare
  a record := hera_test.organization('A');
  v_start constant timestamptz := hera_test.move_clock('0');
  v jsonb := hera_api_key_v1(a.admin, a.organization, 'CREATE', jsonb_build_object('name', 'x', 'role', 'member', 'expires_at', v_start + interval '3 hours')) -> 'api_key';
  v_id uuid := v ->> 'id';
  v_hash text := encode(sha256(convert_to(v ->> 'key', 'UTF8')), 'hex');
  v_used constant text := format('select last_used_at from hera.api_keys where id = %L', v_id);
  v_at timestamptz;
begin
  assert hera_api_key_resolve_v1(v_hash) = jsonb_build_object('user_entity_id', v_id, 'memberships', jsonb_build_array(
    jsonb_build_object('organization_id', a.organization, 'organization_name', 'A', 'role', 'member', 'is_active', true)));
  assert current_setting('hera.api_key_hash') = '', 'no hash stays set';
  -- Its use is noted once an hour.
  execute v_used into v_at;
  assert v_at = v_start;
  perform hera_test.move_clock('59 minutes');
  perform hera_api_key_resolve_v1(v_hash);
  execute v_used into v_at;
  assert v_at = v_start;
  perform hera_test.move_clock('2 minutes');
  perform hera_api_key_resolve_v1(v_hash);
  execute v_used into v_at;
  assert v_at = v_start + interval '61 minutes';

  perform hera_organization_v1(hera_test.system(), 'SUSPEND', jsonb_build_object('id', a.organization));
  assert hera_api_key_resolve_v1(v_hash) #>> '{memberships,0,is_active}' = 'false';
  perform hera_organization_v1(hera_test.system(), 'ACTIVATE', jsonb_build_object('id', a.organization));
  -- The key's own text, another's hash and no hash at all are told alike.
  perform hera_test.raises(format('select hera_api_key_resolve_v1(%L)', x), 'PT401', 'invalid_token')
  from unnest(array[v ->> 'key', v_id::text, upper(v_hash), repeat('0', 64), v_hash || '00', '', null]) x;
  perform hera_test.move_clock('2 hours');
  perform hera_test.raises(format('select hera_api_key_resolve_v1(%L)', v_hash), 'PT401', 'invalid_token');
end
$$;
rollback to clean;

do $$
declare
  a record := hera_test.organization('A');
  v jsonb := hera_api_key_v1(a.admin, a.organization, 'CREATE', '{"name": "x", "role": "member"}') -> 'api_key';
  v_hash text := encode(sha256(convert_to(v ->> 'key', 'UTF8')), 'hex');
begin
  perform hera_api_key_resolve_v1(v_hash);
  perform hera_api_key_v1(a.admin, a.organization, 'REVOKE', jsonb_build_object('id', v ->> 'id'));
  perform hera_test.raises(format('select hera_api_key_resolve_v1(%L)', v_hash), 'PT401', 'invalid_token');
  -- No subject of a token passes for a key, however it is written.
  perform hera_test.raises(format('select hera_identity_resolve_v1(%L)', x), 'PT401', 'identity_not_resolved')
  from unnest(array[v_hash, 'key:' || v_hash, v ->> 'key', v ->> 'prefix', v ->> 'id']) x;
end
$$;
