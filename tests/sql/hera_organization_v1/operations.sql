-- CREATE, GET, UPDATE, SUSPEND, ACTIVATE, LIST.
do $$
declare
  v_system constant uuid := hera_test.system();
  v jsonb;
  v_id uuid;
  v_admin uuid;
begin
  perform hera_test.move_clock('0');
  v := hera_organization_v1(v_system, 'CREATE', '{"name": " Acme & Söhne ", "settings": {"a": 1, "b": {"c": 2}}}');
  v_id := v #>> '{organization,id}';
  assert v #> '{organization}' @> '{"name": "Acme & Söhne", "code": "ACME-S-HNE", "type": "business", "status": "active", "settings": {"a": 1, "b": {"c": 2}}}', v::text;
  assert (select e.entity_name from core_entities e where e.id = v_id and e.organization_id = v_id and e.entity_type = 'ORGANIZATION') = 'Acme & Söhne';
  assert (select o.organization_name from core_organizations o where o.id = v_id) = 'Acme & Söhne';

  v := hera_organization_v1(v_system, 'UPDATE', jsonb_build_object('id', v_id, 'name', 'Acme', 'settings', '{"b": {"d": 3}, "e": 4}'::jsonb));
  assert v #> '{organization}' @> '{"name": "Acme", "code": "ACME-S-HNE"}' and v #> '{organization,settings}' = '{"a": 1, "b": {"d": 3}, "e": 4}', 'settings are merged key by key';
  assert (select e.entity_name from core_entities e where e.id = v_id) = 'Acme', 'the entity follows';
  v_admin := hera_test.member(v_id, 'org_admin');
  assert hera_organization_v1(v_admin, 'GET', jsonb_build_object('id', v_id)) #>> '{organization,name}' = 'Acme';
  assert hera_organization_v1(v_admin, 'UPDATE', jsonb_build_object('id', v_id, 'settings', '{"x": 1}'::jsonb)) #>> '{organization,settings,x}' = '1';
  assert hera_organization_v1(v_system, 'SUSPEND', jsonb_build_object('id', v_id)) #>> '{organization,status}' = 'suspended';
  perform hera_test.raises(format('select hera_organization_v1(%L, ''GET'', ''{"id": "%s"}'')', v_admin, v_id), 'PT403', 'organization_suspended');
  assert hera_organization_v1(v_system, 'ACTIVATE', jsonb_build_object('id', v_id)) #>> '{organization,status}' = 'active';
  assert (select array_agg(l.operation order by l.ctid) from hera.audit_log l where l.organization_id = v_id and l.function_name = 'hera_organization_v1' and l.target_id = v_id)
    = array['CREATE', 'UPDATE', 'UPDATE', 'SUSPEND', 'ACTIVATE'];

  -- LIST: one's own; all for a platform admin; none for a stranger.
  assert jsonb_path_query_array(hera_organization_v1(v_admin), '$.organizations[*].id') = jsonb_build_array(v_id);
  assert jsonb_array_length(hera_organization_v1(v_system) -> 'organizations') = (select count(*) from hera.core_organizations);
  assert hera_organization_v1(gen_random_uuid()) -> 'organizations' = '[]';
  perform hera_membership_v1(v_system, v_id, 'REVOKE', jsonb_build_object('user_entity_id', v_admin));
  assert hera_organization_v1(v_admin) -> 'organizations' = '[]';
end
$$;
rollback to clean;

-- Faults.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_member uuid := hera_test.member(a.organization);
  v_code text := (select organization_code from hera.core_organizations where id = b.organization);
  v_call constant text := 'select hera_organization_v1(%L, %L, %L)';
  v_case record;
begin
  for v_case in
    select * from (values
      ('CREATE', '{}', 'PT400', 'organization.invalid'), ('CREATE', '{"name": ""}', 'PT400', 'organization.invalid'), ('CREATE', '{"name": "  "}', 'PT400', 'organization.invalid'),
      ('CREATE', format('{"name": "%s"}', repeat('x', 201)), 'PT400', 'organization.invalid'), ('CREATE', '{"name": "x", "code": "a b"}', 'PT400', 'organization.invalid'),
      ('CREATE', '{"name": "x", "code": ""}', 'PT400', 'organization.invalid'), ('CREATE', format('{"name": "x", "code": "%s"}', repeat('x', 64)), 'PT400', 'organization.invalid'),
      ('CREATE', '{"name": "&"}', 'PT400', 'organization.invalid'), ('CREATE', '{"name": "x", "settings": []}', 'PT400', 'organization.invalid'), ('CREATE', '{"name": "x", "settings": "x"}', 'PT400', 'organization.invalid'),
      ('CREATE', '{"name": "x", "colour": 1}', 'PT400', 'organization.unknown'), ('CREATE', '[]', 'PT400', 'organization.invalid'), ('CREATE', '{"name": "x", "id": "y"}', 'PT400', 'field.invalid'),
      ('CREATE', format('{"name": "x", "code": "%s"}', v_code), 'PT409', 'organization.exists'), ('CREATE', format('{"name": "x", "code": "new", "id": "%s"}', b.organization), 'PT409', 'organization.exists'),
      ('UPDATE', format('{"id": "%s", "name": ""}', a.organization), 'PT400', 'organization.invalid'), ('UPDATE', format('{"id": "%s", "name": "%s"}', a.organization, repeat('x', 201)), 'PT400', 'organization.invalid'),
      ('UPDATE', format('{"id": "%s", "code": "a b"}', a.organization), 'PT400', 'organization.invalid'), ('UPDATE', format('{"id": "%s", "code": "%s"}', a.organization, v_code), 'PT409', 'organization.exists'),
      ('GET', '{}', 'PT400', 'guardrail_violation:ORG_FILTER_MISSING'), ('GET', format('{"id": "%s"}', gen_random_uuid()), 'PT404', 'not_found'),
      ('SUSPEND', format('{"id": "%s"}', gen_random_uuid()), 'PT404', 'not_found'), ('SUSPEND', '{}', 'PT404', 'not_found'), ('SUSPEND', format('{"id": "%s"}', hera_test.platform()), 'PT404', 'not_found'),
      ('DELETE', '{}', 'PT400', 'operation.unknown'), (null, '{}', 'PT400', 'operation.unknown'), ('LIST', null, 'PT400', 'organization.invalid')
    ) as c (operation, organization, sqlstate, code)
  loop
    perform hera_test.raises(format(v_call, hera_test.system(), v_case.operation, v_case.organization), v_case.sqlstate, v_case.code);
  end loop;
  -- A tenant's admin learns nothing of others: not their existence, not their code.
  perform hera_test.raises(format(v_call, a.admin, 'GET', format('{"id": "%s"}', b.organization)), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, a.admin, 'GET', format('{"id": "%s"}', gen_random_uuid())), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, a.admin, 'UPDATE', format('{"id": "%s", "code": "%s"}', a.organization, v_code)), 'PT403', 'permission_denied');
  perform hera_test.raises(format(v_call, a.admin, 'UPDATE', format('{"id": "%s", "code": "quite-new"}', a.organization)), 'PT403', 'permission_denied');
  perform hera_test.raises(format(v_call, a.admin, 'CREATE', '{"name": "x"}'), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, a.admin, 'SUSPEND', format('{"id": "%s"}', a.organization)), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, v_member, 'UPDATE', format('{"id": "%s", "name": "x"}', a.organization)), 'PT403', 'permission_denied');
  perform hera_test.raises(format(v_call, null::text, 'LIST', '{}'), 'PT401', 'identity_not_resolved');
end
$$;
