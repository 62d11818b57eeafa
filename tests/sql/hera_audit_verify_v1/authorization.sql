do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_role text;
begin
  foreach v_role in array array['member', 'integration_manager'] loop
    perform hera_test.raises(format('select hera_audit_verify_v1(%L, %L)', hera_test.member(a.organization, v_role), a.organization),
      'PT403', 'permission_denied');
    perform hera_test.raises(format('select hera_audit_list_v1(%L, %L)', hera_test.member(a.organization, v_role), a.organization),
      'PT403', 'permission_denied');
  end loop;
  perform hera_test.raises(format('select hera_audit_verify_v1(%L, %L)', a.admin, b.organization), 'PT403', 'actor_not_member');
  perform hera_test.raises(format('select hera_audit_list_v1(%L, %L)', a.admin, b.organization), 'PT403', 'actor_not_member');
  perform hera_test.raises(format('select hera_audit_verify_v1(%L, %L, ''{"no": 1}'')', a.admin, a.organization), 'PT400', 'anchor.unknown');
  perform hera_test.raises(format('select hera_audit_verify_v1(%L, %L, ''{"seal_no": 1}'')', a.admin, a.organization), 'PT400', 'anchor.invalid');
end
$$;

-- The trail is append-only for its owner; the worker takes out what is older than 90 days at most.
do $$
declare
  a record := hera_test.organization('A');
  n int;
begin
  perform hera_test.audited(a.organization, 3);
  perform hera_audit_seal_v1();
  perform hera_test.audited(a.organization, 3);
  perform set_config('hera.organization_id', a.organization::text, true);
  set local role hera_owner;
  assert (select count(*) from hera.audit_log) >= 3 and (select count(*) from hera.audit_seals) = 1;
  assert not has_table_privilege('hera.audit_log', 'update, delete, truncate')
    and not has_table_privilege('hera.audit_pending', 'update, delete, truncate')
    and not has_table_privilege('hera.audit_seals', 'insert, update, delete, truncate');
  set local role hera_worker_owner;
  assert not has_table_privilege('hera.audit_log', 'update') and not has_table_privilege('hera.audit_seals', 'update');
  delete from hera.audit_log; get diagnostics n = row_count; assert n = 0;
  delete from hera.audit_seals; get diagnostics n = row_count; assert n = 0;
  reset role;
end
$$;
