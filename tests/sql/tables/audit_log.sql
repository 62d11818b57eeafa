-- The audit trail is append-only, for its owner too, whatever tenant is set; and only for the tenant that is set.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_before text;
begin
  perform hera_audit_refusal_v1(a.admin, a.organization, 'f', 'e');
  v_before := (select md5(string_agg(l::text, '|' order by l.id)) from hera.audit_log l);
  set local role hera_owner;
  perform set_config('hera.organization_id', a.organization::text, true);
  assert (select count(*) from hera.audit_log) > 0;
  begin
    update hera.audit_log set function_name = 'forged';
    assert not found;
    delete from hera.audit_log;
    assert not found;
  exception
    when insufficient_privilege then null;
  end;
  perform hera_test.raises('truncate hera.audit_log', '42501');
  perform hera_test.raises(format('insert into hera.audit_log (organization_id, id, created_at, function_name, operation) values (%L, gen_random_uuid(), now(), ''x'', ''y'')', b.organization), '42501');
  reset role;
  assert v_before = (select md5(string_agg(l::text, '|' order by l.id)) from hera.audit_log l);
end
$$;
