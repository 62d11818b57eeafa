-- Old seals go with their rows; the chain goes on, and verifying accepts the cut because it is recorded. Not before 90 days.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
begin
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings', '{"retention": {"audit": 90}}'::jsonb));
  perform hera_test.move_clock('0');
  perform hera_test.audited(a.organization, 3);
  perform hera_outbox_maintain_v1();
  perform hera_test.move_clock('60 days');
  perform hera_test.audited(a.organization, 3);
  perform hera_outbox_maintain_v1();
  assert hera_test.audit_faults(a.organization) = 'intact';
  perform hera_test.move_clock('40 days');
  v := hera_outbox_maintain_v1();
  assert (v #> '{retention,deleted,audit}')::int >= 3 and v -> 'success' = 'true', v::text;
  assert (select min(s.seal_no) from hera.audit_seals s where s.organization_id = a.organization) = 2;
  assert (select count(*) from hera.audit_log l where l.organization_id = a.organization and l.operation = 'REFUSED') = 3;
  assert hera_test.audit_faults(a.organization) = 'intact';
  perform hera_outbox_maintain_v1();
  assert hera_test.audit_faults(a.organization) = 'intact';
  -- A cut that nobody recorded is found.
  assert hera_test.audit_faults_after(a.organization, format('delete from hera.audit_log where organization_id = %L and id in
    (select unnest(ids) from hera.audit_seals where organization_id = %1$L and seal_no = 2);
    delete from hera.audit_seals where organization_id = %1$L and seal_no = 2', a.organization)) = 'head_cut';
  -- The newest seal stays however old it is, so the chain has a head.
  perform hera_test.move_clock('1000 days');
  perform hera_outbox_maintain_v1();
  perform hera_test.move_clock('1000 days');
  perform hera_outbox_maintain_v1();
  assert (select count(*) from hera.audit_seals s where s.organization_id = a.organization) >= 1;
  assert hera_test.audit_faults(a.organization) = 'intact';
end
$$;
