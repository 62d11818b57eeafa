-- The audit trail is append-only, for its owner too: whatever tenant is set, a row can be added for that tenant and nothing changed.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_statement text;
  v_before text;
begin
  perform hera_audit_refusal_v1(a.admin, a.organization, 'f', 'e');
  v_before := (select md5(string_agg(l::text, '|' order by l.id)) from hera.audit_log l);
  grant usage on schema hera_test to hera_owner;
  set local role hera_owner;
  perform set_config('hera.organization_id', a.organization::text, true);
  assert (select count(*) from hera.audit_log) > 0 and (select count(*) from hera.audit_log where organization_id <> a.organization) = 0;
  foreach v_statement in array array['update hera.audit_log set function_name = null', 'delete from hera.audit_log', 'truncate hera.audit_log',
    format('insert into hera.audit_log (organization_id, id, created_at, function_name, operation) values (%L, gen_random_uuid(), now(), ''x'', ''y'')', b.organization)]
  loop
    perform hera_test.raises(v_statement, '42501');
  end loop;
  insert into hera.audit_log (organization_id, id, created_at, function_name, operation) values (a.organization, gen_random_uuid(), now(), 'x', 'y');
  reset role;
  assert v_before = (select md5(string_agg(l::text, '|' order by l.id)) from hera.audit_log l where l.function_name <> 'x');
end
$$;
