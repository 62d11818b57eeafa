-- Names, order, types, defaults and results of the functions that callers rely on.
do $$
declare
  v_row record;
begin
  for v_row in
    select * from (values
      ('hera_integration_event_in_v1', 'p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb DEFAULT ''{}''::jsonb, p_connector_code text DEFAULT NULL::text, p_idempotency_key text DEFAULT NULL::text, p_smart_code text DEFAULT NULL::text, p_options jsonb DEFAULT ''{}''::jsonb', 'jsonb'),
      ('hera_integration_connector_v1', 'p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT ''LIST''::text, p_connector_type text DEFAULT NULL::text, p_connector_code text DEFAULT NULL::text, p_connector_config jsonb DEFAULT ''{}''::jsonb, p_installation_config jsonb DEFAULT ''{}''::jsonb, p_options jsonb DEFAULT ''{}''::jsonb', 'jsonb'),
      ('hera_webhook_config_v1', 'p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT ''LIST''::text, p_webhook_config jsonb DEFAULT ''{}''::jsonb, p_connector_code text DEFAULT NULL::text, p_webhook_id uuid DEFAULT NULL::uuid', 'jsonb'),
      ('hera_webhook_get_by_topic_v1', 'p_organization_id uuid, p_topic text', 'jsonb'),
      ('hera_webhook_delivery_log_v1', 'p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer DEFAULT 0', 'boolean'),
      ('hera_outbox_get_pending_v1', 'p_limit integer DEFAULT 100', 'jsonb'),
      ('hera_outbox_update_status_v1', 'p_event_id uuid, p_status text, p_attempts integer', 'boolean'),
      ('hera_outbox_schedule_retry_v1', 'p_event_id uuid, p_attempts integer, p_next_retry_at text', 'boolean'),
      ('hera_outbox_get_stats_v1', '', 'jsonb'),
      ('hera_integration_setup_relationships_v1', '', 'jsonb'),
      ('hera_identity_resolve_v1', 'p_auth_uid text', 'jsonb'),
      ('hera_organization_v1', 'p_actor_user_id uuid, p_operation text DEFAULT ''LIST''::text, p_organization jsonb DEFAULT ''{}''::jsonb', 'jsonb'),
      ('hera_membership_v1', 'p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT ''LIST''::text, p_member jsonb DEFAULT ''{}''::jsonb', 'jsonb')
    ) as e (name, arguments, result)
    left join lateral (
      select pg_get_function_arguments(p.oid) as actual_arguments, pg_get_function_result(p.oid) as actual_result
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = e.name) a on true
  loop
    assert v_row.actual_arguments = v_row.arguments, format('%s(%s)', v_row.name, v_row.actual_arguments);
    assert v_row.actual_result = v_row.result, format('%s returns %s', v_row.name, v_row.actual_result);
  end loop;
end
$$;
