-- Platform admins may see the Control Center and operate the outbox, nobody else.
do $$
declare
  a record := hera_test.organization('A');
  v_member uuid := hera_test.member(hera_test.platform(), 'org_admin');
  v_operation text;
begin
  foreach v_operation in array array['CONTROL_CENTER', 'OUTBOX_PROCESS', 'OUTBOX_STATS']
  loop
    assert hera_platform_authorize_v1(hera_test.system(), v_operation) = '{"success": true}';
    perform hera_test.raises(format('select hera_platform_authorize_v1(%L, %L)', a.admin, v_operation), 'PT403', 'actor_not_member');
    perform hera_test.raises(format('select hera_platform_authorize_v1(%L, %L)', gen_random_uuid(), v_operation), 'PT403', 'actor_not_member');
    perform hera_test.raises(format('select hera_platform_authorize_v1(%L, %L)', v_member, v_operation), 'PT403', 'permission_denied');
    perform hera_test.raises(format('select hera_platform_authorize_v1(null, %L)', v_operation), 'PT401', 'identity_not_resolved');
  end loop;
  perform hera_test.raises(format('select hera_platform_authorize_v1(%L, ''DROP'')', hera_test.system()), 'PT400', 'operation.unknown');
  perform hera_test.raises(format('select hera_platform_authorize_v1(%L, null)', hera_test.system()), 'PT400', 'operation.unknown');
end
$$;
