-- A refusal is kept where it belongs: in the organization's trail, or the platform's where there is none.
do $$
declare
  a record := hera_test.organization('A');
  v_actor uuid := gen_random_uuid();
  v_last record;
begin
  assert hera_audit_refusal_v1(v_actor, a.organization, 'hera_webhook_config_v1', 'permission_denied');
  assert (select (l.actor_user_id, l.operation, l.function_name, l.detail) from hera.audit_log l where l.organization_id = a.organization order by l.id desc limit 1)
    = (v_actor, 'REFUSED'::text, 'hera_webhook_config_v1'::text, '{"error": "permission_denied"}'::jsonb);
  assert hera_audit_refusal_v1(v_actor, gen_random_uuid(), repeat('f', 300), repeat('e', 300));
  select l.* into strict v_last from hera.audit_log l where l.organization_id = hera_test.platform() and l.operation = 'REFUSED' and l.actor_user_id = v_actor;
  assert length(v_last.function_name) = 200 and length(v_last.detail ->> 'error') = 200;
  assert hera_audit_refusal_v1(null, null, null, null);
  assert (select count(*) from hera.audit_log l where l.organization_id = hera_test.platform() and l.operation = 'REFUSED') = 2;
end
$$;
