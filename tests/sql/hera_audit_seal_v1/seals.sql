-- Pending rows are sealed once, each organization in a chain of its own, at most 1000 rows a seal.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v jsonb;
  n int;
begin
  perform hera_audit_seal_v1();
  perform hera_test.audited(a.organization, 1500);
  perform hera_test.audited(b.organization, 1);
  v := hera_audit_seal_v1();
  assert (v ->> 'sealed')::int >= 1501 and v -> 'success' = 'true', v::text;
  assert (select array_agg(cardinality(s.ids) order by s.seal_no) from hera.audit_seals s where s.organization_id = a.organization and s.seal_no > 1)
    = array[1000, 500];
  assert hera_audit_verify_v1(a.admin, a.organization) -> 'intact' = 'true';
  assert hera_audit_verify_v1(b.admin, b.organization) -> 'intact' = 'true';
  assert not exists (select from hera.audit_pending p where p.organization_id in (a.organization, b.organization));

  -- At rest nothing more comes than the witness of the last sealing.
  perform hera_audit_seal_v1();
  perform hera_audit_seal_v1();
  v := hera_audit_seal_v1();
  assert v @> '{"sealed": 0, "seals": 0, "organizations": 0, "pending": 0}', v::text;
end
$$;

-- A pending row that is gone from the trail when it is sealed is told of.
do $$
declare
  a record := hera_test.organization('A');
begin
  perform hera_test.audited(a.organization, 3);
  delete from hera.audit_log where organization_id = a.organization and function_name = 'f2';
  perform hera_audit_seal_v1();
  assert hera_test.audit_faults(a.organization) = 'row_deleted';
end
$$;
