-- CREATE under a key makes one organization and answers it again; the key is the platform's, that of an UPDATE is the organization's.
do $$
declare
  v_system constant uuid := hera_test.system();
  v_new constant jsonb := '{"name": "Acme", "code": "ACME-K", "idempotency_key": "k"}';
  v_first jsonb := hera_organization_v1(v_system, 'CREATE', v_new);
  v_id uuid := v_first #>> '{organization,id}';
  v_change jsonb := jsonb_build_object('id', v_id, 'settings', '{"a": 1}'::jsonb, 'idempotency_key', 'k');
  v jsonb;
begin
  assert v_first -> 'duplicate' = 'false';
  assert hera_organization_v1(v_system, 'CREATE', v_new) = v_first || '{"duplicate": true}';
  assert (select count(*) from hera.core_organizations o where o.organization_code = 'ACME-K') = 1;
  perform hera_test.raises(format('select hera_organization_v1(%L, ''CREATE'', %L)', v_system, v_new || '{"name": "Acme 2"}'), 'PT422', 'idempotency.mismatch');
  perform hera_test.raises(format('select hera_organization_v1(%L, ''SUSPEND'', %L)', v_system, jsonb_build_object('id', v_id, 'idempotency_key', 'k')), 'PT422', 'idempotency.mismatch');

  v := hera_organization_v1(v_system, 'UPDATE', v_change);
  assert v -> 'duplicate' = 'false' and hera_organization_v1(v_system, 'UPDATE', v_change) = v || '{"duplicate": true}';
  assert (select array_agg(c.organization_id order by c.organization_id) from hera.idempotent_calls c where c.function_name = 'hera_organization_v1') = array[hera_test.platform(), v_id];
  assert not hera_organization_v1(v_system, 'GET', jsonb_build_object('id', v_id, 'idempotency_key', 'k')) ? 'duplicate';
end
$$;
rollback to clean;

-- LIST in pages, in one order, and by status.
do $$
declare
  v_all jsonb;
  v_seen jsonb := '[]';
  v jsonb := '{}';
  b record;
begin
  perform hera_test.organization('P' || n) from generate_series(1, 4) n;
  b := hera_test.organization('B');
  perform hera_organization_v1(hera_test.system(), 'SUSPEND', jsonb_build_object('id', b.organization));
  v_all := hera_organization_v1(hera_test.system()) -> 'organizations';
  loop
    v := hera_organization_v1(hera_test.system(), 'LIST', jsonb_strip_nulls(jsonb_build_object('limit', '2', 'cursor', v -> 'next_cursor')));
    v_seen := v_seen || (v -> 'organizations');
    exit when v -> 'next_cursor' = 'null';
  end loop;
  assert v_seen = v_all and jsonb_array_length(v_all) >= 6;
  assert jsonb_path_query_array(hera_organization_v1(hera_test.system(), 'LIST', '{"status": "suspended"}'), '$.organizations[*].id') = jsonb_build_array(b.organization);
end
$$;
