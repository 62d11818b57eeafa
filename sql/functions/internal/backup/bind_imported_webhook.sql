-- hera_internal.bind_imported_webhook: tie an imported webhook to its connector. store_webhook refuses a connector that is paused, as the
-- installations of a backup are. A webhook that comes home keeps its number where it is free: delivery ids are made of it.
create or replace function hera_internal.bind_imported_webhook(
  p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_item jsonb, p_keep_number boolean)
returns void
language plpgsql
volatile
as $$
declare
  v_installation_id uuid;
begin
  select e.id into v_installation_id
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and e.entity_code = p_item ->> 'connector_code' and e.status <> 'inactive';
  update hera.webhooks w set connector_code = p_item ->> 'connector_code', installation_id = v_installation_id,
    webhook_no = case
      when p_keep_number and not exists (
        select from hera.webhooks o where o.organization_id = p_organization_id and o.webhook_no = (p_item ->> 'webhook_no')::int)
        then (p_item ->> 'webhook_no')::int
      else w.webhook_no end
  where w.organization_id = p_organization_id and w.id = p_webhook_id;
  perform hera_internal.link(p_actor_user_id, p_organization_id, p_webhook_id, 'WEBHOOK_BELONGS_TO', v_installation_id);
end
$$;
comment on function hera_internal.bind_imported_webhook(uuid, uuid, uuid, jsonb, boolean) is 'Connector and number of an imported webhook.';
