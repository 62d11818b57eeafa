-- GRANT, LIST, REVOKE.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v jsonb;
  v_user uuid;
begin
  v := hera_membership_v1(a.admin, a.organization, 'GRANT', '{"auth_uid": "sub-1", "name": "Jane", "email": "jane@example.com", "role": "member"}');
  v_user := v #>> '{member,user_entity_id}';
  assert v -> 'member' = jsonb_build_object('user_entity_id', v_user, 'auth_uid', 'sub-1', 'name', 'Jane', 'email', 'jane@example.com', 'role', 'member', 'is_active', true), v::text;
  assert (select e.entity_name from core_entities e where e.id = v_user and e.entity_type = 'USER' and e.organization_id = hera_test.platform()) = 'Jane';
  -- The same person again: a new role, no second user; by either id.
  assert hera_membership_v1(a.admin, a.organization, 'GRANT', '{"auth_uid": "sub-1", "role": "org_admin"}') -> 'member' @> jsonb_build_object('user_entity_id', v_user, 'role', 'org_admin');
  assert hera_membership_v1(a.admin, a.organization, 'GRANT', jsonb_build_object('user_entity_id', v_user, 'role', 'integration_manager')) #>> '{member,role}' = 'integration_manager';
  assert hera_membership_v1(b.admin, b.organization, 'GRANT', '{"auth_uid": "sub-1", "role": "member"}') #>> '{member,user_entity_id}' = v_user::text;
  assert (select count(*) from hera.identities where auth_uid = 'sub-1') = 1;

  assert jsonb_path_query_array(hera_membership_v1(a.admin, a.organization), '$.members[*].user_entity_id') = jsonb_build_array(a.admin, v_user);
  assert hera_membership_v1(a.admin, a.organization, 'REVOKE', jsonb_build_object('user_entity_id', v_user)) -> 'member' @> '{"is_active": false, "role": "integration_manager"}';
  assert (select m.is_active from hera.memberships m where m.organization_id = b.organization and m.user_entity_id = v_user), 'in the other organization nothing changed';
  assert hera_membership_v1(a.admin, a.organization, 'GRANT', '{"auth_uid": "sub-1", "role": "member"}') -> 'member' @> '{"is_active": true}';
  assert hera_membership_v1(a.admin, a.organization, 'REVOKE', '{"auth_uid": "sub-1"}') -> 'member' @> '{"is_active": false}';
  assert (select array_agg(l.operation order by l.id) from hera.audit_log l where l.organization_id = a.organization and l.target_id = v_user and l.actor_user_id = a.admin)
    = array['GRANT', 'GRANT', 'GRANT', 'REVOKE', 'GRANT', 'REVOKE'];
end
$$;
rollback to clean;

-- A platform admin grants in the platform organization, and nobody else does.
do $$
declare
  v_system constant uuid := hera_test.system();
  v_platform constant uuid := hera_test.platform();
  v_admin uuid := hera_membership_v1(v_system, v_platform, 'GRANT', '{"auth_uid": "ops", "role": "platform_admin"}') #>> '{member,user_entity_id}';
  v_org_admin uuid := hera_membership_v1(v_system, v_platform, 'GRANT', '{"auth_uid": "ops2", "role": "org_admin"}') #>> '{member,user_entity_id}';
begin
  assert hera_organization_v1(v_admin, 'CREATE', '{"name": "By ops"}') @> '{"success": true}';
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''GRANT'', ''{"auth_uid": "ops2", "role": "platform_admin"}'')', v_org_admin, v_platform), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''GRANT'', ''{"auth_uid": "ops3", "role": "member"}'')', v_org_admin, v_platform), 'PT403', 'permission_denied');
  -- Nor take the rights of a platform admin away.
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''REVOKE'', ''{"auth_uid": "ops"}'')', v_org_admin, v_platform), 'PT403', 'permission_denied');
end
$$;
rollback to clean;

-- The last platform admin can't be revoked or made less: nobody could undo it.
do $$
declare
  v_call constant text := format('select hera_membership_v1(%L, %L, ', hera_test.system(), hera_test.platform()) || '%L, %L)';
begin
  perform hera_test.raises(format(v_call, 'REVOKE', format('{"user_entity_id": "%s"}', hera_test.system())), 'PT409', 'member.last_admin');
  perform hera_test.raises(format(v_call, 'GRANT', format('{"user_entity_id": "%s", "role": "member"}', hera_test.system())), 'PT409', 'member.last_admin');
  perform hera_membership_v1(hera_test.system(), hera_test.platform(), 'GRANT', '{"auth_uid": "ops", "role": "platform_admin"}');
  perform hera_membership_v1(hera_test.system(), hera_test.platform(), 'REVOKE', jsonb_build_object('user_entity_id', hera_test.system()));
end
$$;
rollback to clean;

-- Faults.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_manager uuid := hera_test.member(a.organization, 'integration_manager');
  v_member uuid := hera_test.member(a.organization, 'member');
  v_call constant text := 'select hera_membership_v1(%L, %L, %L, %L)';
  v_case record;
begin
  for v_case in
    select * from (values
      (a.admin, 'GRANT', '{"auth_uid": "x"}', 'PT400', 'member.invalid'), (a.admin, 'GRANT', '{"auth_uid": "x", "role": "king"}', 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', '{"role": "member"}', 'PT400', 'member.invalid'), (a.admin, 'GRANT', '{"auth_uid": "", "role": "member"}', 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', format('{"auth_uid": "%s", "role": "member"}', repeat('x', 256)), 'PT400', 'member.invalid'), (a.admin, 'GRANT', '{"auth_uid": "a\nb", "role": "member"}', 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', '{"auth_uid": "x", "role": "platform_admin"}', 'PT400', 'member.invalid'), (a.admin, 'GRANT', '[]', 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', '{"auth_uid": ["x"], "role": "member"}', 'PT400', 'member.invalid'), (a.admin, 'GRANT', '{"auth_uid": "x", "name": {"a": 1}, "role": "member"}', 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', '{"auth_uid": "x", "email": 1e300, "role": "member"}', 'PT400', 'member.invalid'), (a.admin, 'GRANT', null, 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', format('{"auth_uid": "x", "role": "member", "name": "%s"}', repeat('x', 201)), 'PT400', 'member.invalid'), (a.admin, 'GRANT', format('{"auth_uid": "x", "role": "member", "email": "%s"}', repeat('x', 321)), 'PT400', 'member.invalid'),
      (a.admin, 'GRANT', '{"auth_uid": "x", "role": "member", "admin": true}', 'PT400', 'member.unknown'), (a.admin, 'GRANT', '{"user_entity_id": "x", "role": "member"}', 'PT400', 'field.invalid'),
      -- By user id only where the organization knows the person: ids can't be probed.
      (a.admin, 'GRANT', format('{"user_entity_id": "%s", "role": "member"}', b.admin), 'PT404', 'not_found'), (a.admin, 'GRANT', format('{"user_entity_id": "%s", "role": "member"}', gen_random_uuid()), 'PT404', 'not_found'),
      (hera_test.system(), 'GRANT', format('{"user_entity_id": "%s", "role": "member"}', gen_random_uuid()), 'PT404', 'not_found'),
      (a.admin, 'REVOKE', format('{"user_entity_id": "%s"}', b.admin), 'PT404', 'not_found'), (a.admin, 'REVOKE', format('{"user_entity_id": "%s"}', gen_random_uuid()), 'PT404', 'not_found'),
      (a.admin, 'REVOKE', '{"auth_uid": "nobody"}', 'PT404', 'not_found'), (a.admin, 'REVOKE', '{}', 'PT404', 'not_found'),
      (a.admin, 'PURGE', '{}', 'PT400', 'operation.unknown'), (a.admin, null, '{}', 'PT400', 'operation.unknown'),
      (v_manager, 'GRANT', '{"auth_uid": "x", "role": "member"}', 'PT403', 'permission_denied'), (v_manager, 'REVOKE', '{}', 'PT403', 'permission_denied'),
      (v_member, 'LIST', '{}', 'PT403', 'permission_denied'), (b.admin, 'LIST', '{}', 'PT403', 'actor_not_member')
    ) as c (actor, operation, member, sqlstate, code)
  loop
    perform hera_test.raises(format(v_call, v_case.actor, a.organization, v_case.operation, v_case.member), v_case.sqlstate, v_case.code);
  end loop;
  perform hera_membership_v1(v_manager, a.organization, 'LIST');
end
$$;
