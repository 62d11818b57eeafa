-- Each way of altering a sealed trail is found and named.
do $$
declare
  a record := hera_test.organization('A');
  v_log text;
  v_seals text;
  v_anchor jsonb;
  v jsonb;
begin
  perform hera_test.audited(a.organization, 5);
  perform hera_audit_seal_v1();
  perform hera_test.audited(a.organization, 5);
  perform hera_audit_seal_v1();
  perform hera_test.audited(a.organization, 5);
  perform hera_audit_seal_v1();
  v := hera_audit_verify_v1(a.admin, a.organization);
  assert (v -> 'intact')::boolean and v -> 'pending' = '0' and (v ->> 'rows')::int >= 15 and v #> '{head,seal_no}' = '3', v::text;
  v_anchor := v -> 'head';
  assert hera_test.audit_faults(a.organization, v_anchor) = 'intact';

  v_log := format(' from hera.audit_log where organization_id = %L and function_name = ', a.organization);
  v_seals := format(' from hera.audit_seals where organization_id = %L and seal_no = ', a.organization);
  -- A row: each column, gone, slipped in, moved.
  assert hera_test.audit_faults_after(a.organization,
    format('update hera.audit_log set detail = ''{}'' where id = (select id %s ''f3'' limit 1)', v_log)) = 'row_changed';
  assert hera_test.audit_faults_after(a.organization,
    format('update hera.audit_log set actor_user_id = null where id = (select id %s ''f3'' limit 1)', v_log)) = 'row_changed';
  assert hera_test.audit_faults_after(a.organization,
    format('update hera.audit_log set created_at = created_at + interval ''1 us'' where id = (select id %s ''f3'' limit 1)', v_log)) = 'row_changed';
  assert hera_test.audit_faults_after(a.organization,
    format('update hera.audit_log set login = ''x'' where id = (select id %s ''f3'' limit 1)', v_log)) = 'row_changed';
  assert hera_test.audit_faults_after(a.organization, 'delete' || v_log || '''f3''') = 'row_deleted';
  assert hera_test.audit_faults_after(a.organization, format(
    'insert into hera.audit_log (organization_id, id, created_at, function_name, operation) values (%L, gen_random_uuid(), now(), ''f'', ''X'')',
    a.organization)) = 'row_inserted';
  assert hera_test.audit_faults_after(a.organization,
    format('update hera.audit_log set id = gen_random_uuid() where id = (select id %s ''f3'' limit 1)', v_log)) = 'row_deleted row_inserted';
  -- Two rows that change places: both differ.
  assert hera_test.audit_faults_after(a.organization, format(
    'update hera.audit_log l set detail = o.detail || ''{"x": 1}'', operation = o.operation, function_name = o.function_name from hera.audit_log o
     where l.organization_id = %1$L and o.organization_id = %1$L and (l.function_name, o.function_name) in ((''f1'', ''f2''), (''f2'', ''f1''))',
    a.organization)) = 'row_changed';
  -- A seal: changed, gone, forged consistently, its order.
  assert hera_test.audit_faults_after(a.organization,
    format('update hera.audit_seals set ids = ids[2:] || ids[1:1] where seal_no = 2 and organization_id = %L', a.organization)) ~ 'seal_changed';
  assert hera_test.audit_faults_after(a.organization, 'delete' || v_seals || '2') = 'row_inserted seal_missing';
  assert hera_test.audit_faults_after(a.organization, 'delete' || v_seals || '1') = 'head_cut row_inserted';
  assert hera_test.audit_faults_after(a.organization, format(
    'delete from hera.audit_log where id in (select unnest(ids[2:]) %1$s 2);
     update hera.audit_seals s set ids = s.ids[1:1], row_hashes = s.row_hashes[1:1], hash =
       hera_internal.audit_seal_hash(s.organization_id, s.seal_no, s.sealed_at, s.ids[1:1], s.row_hashes[1:1], s.previous_hash)
     where s.organization_id = %2$L and s.seal_no = 2', v_seals, a.organization)) ~ 'chain_broken';
  -- Forged with the seal after it, whose own hash gives it away.
  assert hera_test.audit_faults_after(a.organization, format(
    'update hera.audit_seals set hash = ''\x00'' where organization_id = %1$L and seal_no = 1;
     update hera.audit_seals set previous_hash = ''\x00'' where organization_id = %1$L and seal_no = 2', a.organization)) = 'seal_changed';
  assert (select count(*) from hera.audit_seals s where s.organization_id = a.organization and s.hash = hera_internal.audit_seal_hash(
    s.organization_id, s.seal_no, s.sealed_at, s.ids, s.row_hashes, s.previous_hash || ''::bytea)) = 3
    and not exists (select from hera.audit_seals s where s.organization_id = a.organization and s.hash = hera_internal.audit_seal_hash(
    s.organization_id, s.seal_no, s.sealed_at, s.ids, s.row_hashes, s.previous_hash || '\x00'::bytea));
  -- The tail, rows and seal: only witnesses know of it.
  assert hera_test.audit_faults_after(a.organization, format(
    'delete from hera.audit_log where id in (select unnest(ids) %1$s 3); delete %1$s 3', v_seals)) = 'tail_cut';
  assert hera_test.audit_faults_after(a.organization, format(
    'delete from hera.audit_log where id in (select unnest(ids) %1$s 3); delete %1$s 3; delete from hera.audit_log where operation = ''WITNESS''',
    v_seals), v_anchor) = 'tail_cut';
  -- Everything, and a new beginning.
  assert hera_test.audit_faults_after(a.organization, format(
    'delete from hera.audit_log where organization_id = %1$L; delete from hera.audit_seals where organization_id = %1$L;
     delete from hera.audit_pending where organization_id = %1$L;
     select hera_test.audited(%1$L, 2); select hera_audit_seal_v1(); select hera_test.audited(%1$L, 2); select hera_audit_seal_v1();
     select hera_test.audited(%1$L, 2); select hera_audit_seal_v1()', a.organization)) = 'seal_changed';
  -- Who can rewrite the platform's trail as well is found out by an anchor that was kept elsewhere.
  assert hera_test.audit_faults_after(a.organization, format(
    'delete from hera.audit_log where organization_id = %1$L or operation = ''WITNESS''; delete from hera.audit_seals where organization_id = %1$L;
     delete from hera.audit_pending where organization_id = %1$L;
     select hera_test.audited(%1$L, 2); select hera_audit_seal_v1(); select hera_test.audited(%1$L, 2); select hera_audit_seal_v1();
     select hera_test.audited(%1$L, 2); select hera_audit_seal_v1()', a.organization), v_anchor) = 'seal_changed';
  assert hera_test.audit_faults(a.organization, v_anchor) = 'intact';
end
$$;

-- Which row and which seal.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid;
  v jsonb;
begin
  perform hera_test.audited(a.organization, 3);
  perform hera_audit_seal_v1();
  select id into v_id from hera.audit_log where organization_id = a.organization and function_name = 'f2';
  update hera.audit_log set operation = 'X' where id = v_id;
  v := hera_audit_verify_v1(a.admin, a.organization);
  assert v -> 'faults' = jsonb_build_array(jsonb_build_object('fault', 'row_changed', 'seal_no', 1, 'row_id', v_id)) and v -> 'intact' = 'false', v::text;
end
$$;
