do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(a.organization);
  v jsonb;
  v_page jsonb;
begin
  perform hera_test.audited(a.organization, 5);
  perform hera_test.audited(b.organization, 5);
  v := hera_audit_list_v1(a.admin, a.organization, '{"operation": "REFUSED"}');
  assert jsonb_array_length(v -> 'entries') = 5 and v -> 'next_cursor' = 'null', v::text;
  assert v #> '{entries,0}' @> jsonb_build_object('function', 'f5', 'actor_user_id', hera_test.system(), 'sealed', false,
    'detail', jsonb_build_object('error', 'permission_denied')), v::text;
  v_page := hera_audit_list_v1(a.admin, a.organization, '{"operation": "REFUSED", "limit": 2}');
  v_page := hera_audit_list_v1(a.admin, a.organization, jsonb_build_object('operation', 'REFUSED', 'limit', 2, 'cursor', v_page -> 'next_cursor'));
  assert v_page #>> '{entries,0,function}' = 'f3';
  assert jsonb_array_length(hera_audit_list_v1(a.admin, a.organization, '{"function": "f1"}') -> 'entries') = 1;
  assert hera_audit_list_v1(a.admin, a.organization, jsonb_build_object('target_id', v_webhook)) #>> '{entries,0,operation}' = 'CREATE';
  assert hera_audit_list_v1(a.admin, a.organization, jsonb_build_object('actor_user_id', a.admin)) -> 'entries' = '[]';
  assert hera_audit_list_v1(a.admin, a.organization, '{"until": "2000-01-01"}') -> 'entries' = '[]';
  perform hera_audit_seal_v1();
  assert hera_audit_list_v1(a.admin, a.organization, '{"function": "f1"}') #> '{entries,0,sealed}' = 'true';
  perform hera_test.raises(format('select hera_audit_list_v1(%L, %L, ''{"who": 1}'')', a.admin, a.organization), 'PT400', 'filter.unknown');
  perform hera_test.raises(format('select hera_audit_list_v1(%L, %L, ''{"target_id": "x"}'')', a.admin, a.organization), 'PT400', 'field.invalid');
end
$$;
