-- GRANT under a key happens once: repeated later, it does not take back what was changed since.
do $$
declare
  a record := hera_test.organization('A');
  v_grant constant jsonb := '{"auth_uid": "jane@example.com", "name": "Jane", "role": "member", "idempotency_key": "k"}';
  v_first jsonb := hera_membership_v1(a.admin, a.organization, 'GRANT', v_grant);
  v_id uuid := v_first #>> '{member,user_entity_id}';
begin
  assert v_first -> 'duplicate' = 'false';
  perform hera_membership_v1(a.admin, a.organization, 'GRANT', '{"auth_uid": "jane@example.com", "role": "org_admin"}');
  assert hera_membership_v1(a.admin, a.organization, 'GRANT', v_grant) = v_first || '{"duplicate": true}';
  assert (select m.role from hera.memberships m where m.organization_id = a.organization and m.user_entity_id = v_id) = 'org_admin';
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''GRANT'', %L)', a.admin, a.organization, v_grant || '{"role": "org_admin"}'), 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(format('select hera_membership_v1(%L, %L, ''REVOKE'', %L)', a.admin, a.organization, '{"auth_uid": "jane@example.com", "idempotency_key": "k"}'), 'PT422', 'idempotency.mismatch');
end
$$;
rollback to clean;

-- LIST in pages and by role.
do $$
declare
  a record := hera_test.organization('A');
  v_ids uuid[] := a.admin || array(select hera_test.member(a.organization) from generate_series(1, 4));
  v_seen jsonb := '[]';
  v jsonb := '{}';
begin
  loop
    v := hera_membership_v1(a.admin, a.organization, 'LIST', jsonb_strip_nulls(jsonb_build_object('limit', 2, 'cursor', v -> 'next_cursor')));
    v_seen := v_seen || jsonb_path_query_array(v, '$.members[*].user_entity_id');
    exit when v -> 'next_cursor' = 'null';
  end loop;
  assert v_seen = to_jsonb(v_ids), v_seen::text;
  assert jsonb_path_query_array(hera_membership_v1(a.admin, a.organization, 'LIST', '{"role": "org_admin"}'), '$.members[*].user_entity_id') = to_jsonb(v_ids[1:1]);
end
$$;
