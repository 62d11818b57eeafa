-- The permission matrix: one line an operation, with the roles that may run it. What is not here is refused.
-- CALL is the operation of an RPC that has no p_operation.
create temp table permission_seed (function_name text, operation text, roles text);
insert into permission_seed values
  ('hera_integration_event_in_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_integration_event_batch_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_integration_event_list_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_integration_event_get_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_outbox_publish_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_transaction_post_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_transaction_list_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_transaction_get_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_integration_connector_v1', 'LIST', 'platform_admin org_admin integration_manager member'),
  ('hera_integration_connector_v1', 'GET', 'platform_admin org_admin integration_manager member'),
  ('hera_integration_connector_v1', 'CREATE_DEFINITION', 'platform_admin'),
  ('hera_integration_connector_v1', 'UPDATE_DEFINITION', 'platform_admin'),
  ('hera_integration_connector_v1', 'RETIRE_DEFINITION', 'platform_admin'),
  ('hera_integration_connector_v1', 'ASSIGN', 'platform_admin'),
  ('hera_integration_connector_v1', 'UNASSIGN', 'platform_admin'),
  ('hera_integration_connector_v1', 'INSTALL', 'platform_admin org_admin integration_manager'),
  ('hera_integration_connector_v1', 'CONFIGURE', 'platform_admin org_admin integration_manager'),
  ('hera_integration_connector_v1', 'PAUSE', 'platform_admin org_admin integration_manager'),
  ('hera_integration_connector_v1', 'RESUME', 'platform_admin org_admin integration_manager'),
  ('hera_integration_connector_v1', 'UNINSTALL', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_config_v1', 'LIST', 'platform_admin org_admin integration_manager member'),
  ('hera_webhook_config_v1', 'GET', 'platform_admin org_admin integration_manager member'),
  ('hera_webhook_config_v1', 'CREATE', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_config_v1', 'UPDATE', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_config_v1', 'DELETE', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_config_v1', 'ENABLE', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_config_v1', 'TEST', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_config_v1', 'ROTATE_SECRET', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_deliveries_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_webhook_logs_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_webhook_dead_letters_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_webhook_replay_v1', 'CALL', 'platform_admin org_admin integration_manager'),
  ('hera_webhook_preview_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_event_explain_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_overview_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_events_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_deliveries_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_webhooks_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_failures_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_backlog_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_connectors_v1', 'CALL', 'platform_admin org_admin integration_manager member'),
  ('hera_monitor_database_v1', 'CALL', 'platform_admin'),
  ('hera_organization_v1', 'LIST', 'platform_admin org_admin integration_manager member'),
  ('hera_organization_v1', 'GET', 'platform_admin org_admin integration_manager member'),
  ('hera_organization_v1', 'UPDATE', 'platform_admin org_admin'),
  ('hera_organization_v1', 'CREATE', 'platform_admin'),
  ('hera_organization_v1', 'SUSPEND', 'platform_admin'),
  ('hera_organization_v1', 'ACTIVATE', 'platform_admin'),
  ('hera_membership_v1', 'LIST', 'platform_admin org_admin integration_manager'),
  ('hera_membership_v1', 'GRANT', 'platform_admin org_admin'),
  ('hera_membership_v1', 'REVOKE', 'platform_admin org_admin'),
  ('hera_platform_authorize_v1', 'OUTBOX_PROCESS', 'platform_admin'),
  ('hera_platform_authorize_v1', 'OUTBOX_STATS', 'platform_admin');

delete from hera.rpc_permissions;
insert into hera.rpc_permissions (function_name, operation, role)
select s.function_name, s.operation, r
from permission_seed s
cross join unnest(string_to_array(s.roles, ' ')) r;
drop table permission_seed;
