-- Who may not: nobody, a stranger, a suspended member, a member of a suspended organization; and the organization is required.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_member uuid := hera_test.member(a.organization, 'member');
  v_call constant text := 'select hera_integration_event_in_v1(%L, %L, ''s'', ''t'')';
begin
  perform hera_integration_event_in_v1(v_member, a.organization, 's', 't');
  perform hera_test.raises(format(v_call, null::text, a.organization), 'PT401', 'identity_not_resolved');
  perform hera_test.raises(format(v_call, v_member, null::text), 'PT400', 'guardrail_violation:ORG_FILTER_MISSING');
  perform hera_test.raises(format(v_call, v_member, b.organization), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, v_member, gen_random_uuid()), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, gen_random_uuid(), a.organization), 'PT403', 'actor_not_member');
  perform hera_test.raises(format(v_call, v_member, hera_test.platform()), 'PT403', 'actor_not_member');

  perform hera_membership_v1(a.admin, a.organization, 'REVOKE', jsonb_build_object('user_entity_id', v_member));
  perform hera_test.raises(format(v_call, v_member, a.organization), 'PT403', 'actor_not_member');
  perform hera_organization_v1(hera_test.system(), 'SUSPEND', jsonb_build_object('id', a.organization));
  perform hera_test.raises(format(v_call, a.admin, a.organization), 'PT403', 'organization_suspended');
  perform hera_organization_v1(hera_test.system(), 'ACTIVATE', jsonb_build_object('id', a.organization));
  perform hera_integration_event_in_v1(a.admin, a.organization, 's', 't');
end
$$;
rollback to clean;

-- A platform admin may in every organization, and that is audited there.
do $$
declare
  a record := hera_test.organization('A');
  v_before int := (select count(*) from hera.audit_log where organization_id = a.organization);
begin
  perform hera_integration_event_in_v1(hera_test.system(), a.organization, 's', 't');
  assert (select (l.actor_user_id, l.function_name, l.detail) from hera.audit_log l where l.organization_id = a.organization order by l.id desc limit 1)
    = (hera_test.system(), 'hera_integration_event_in_v1'::text, '{"as": "platform_admin"}'::jsonb);
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''s'', ''t'')', hera_test.system(), gen_random_uuid()), 'PT404', 'not_found');
end
$$;
