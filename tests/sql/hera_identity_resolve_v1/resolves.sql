-- Whom a token's subject means, and where that person is a member.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_user uuid;
  v jsonb;
begin
  v_user := hera_membership_v1(a.admin, a.organization, 'GRANT', '{"auth_uid": "sub-1", "name": "Jane", "role": "integration_manager"}') #>> '{member,user_entity_id}';
  perform hera_membership_v1(b.admin, b.organization, 'GRANT', '{"auth_uid": "sub-1", "role": "member"}');
  v := hera_identity_resolve_v1('sub-1');
  assert v = jsonb_build_object('user_entity_id', v_user, 'memberships', jsonb_build_array(
    jsonb_build_object('organization_id', a.organization, 'organization_name', 'A', 'role', 'integration_manager', 'is_active', true),
    jsonb_build_object('organization_id', b.organization, 'organization_name', 'B', 'role', 'member', 'is_active', true))), v::text;
  -- A suspended organization and a revoked membership are shown as not active.
  perform hera_organization_v1(hera_test.system(), 'SUSPEND', jsonb_build_object('id', a.organization));
  perform hera_membership_v1(b.admin, b.organization, 'REVOKE', '{"auth_uid": "sub-1"}');
  assert jsonb_path_query_array(hera_identity_resolve_v1('sub-1'), '$.memberships[*].is_active') = '[false, false]';
  assert hera_identity_resolve_v1(hera_test.system()::text) ->> 'user_entity_id' = hera_test.system()::text;
  assert current_setting('hera.user_entity_id') = '', 'nobody stays set';
end
$$;
select hera_test.raises(format('select hera_identity_resolve_v1(%L)', x), 'PT401', 'identity_not_resolved') from unnest(array['nobody', '', 'SUB-1', '%', null]) x;
