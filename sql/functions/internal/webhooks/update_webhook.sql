-- hera_internal.update_webhook: merge a change into a webhook. The secret is changed by ROTATE_SECRET alone.
-- Answers null.  Errors: PT400 webhook_config.invalid.
create or replace function hera_internal.update_webhook(
  p_actor_user_id uuid, p_webhook hera.webhooks, p_change jsonb, p_connector_code text)
returns jsonb
language plpgsql
as $$
declare
  v_config jsonb;
begin
  if p_change ? 'secret' then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.secret can''t be updated', 'Use operation ROTATE_SECRET.');
  end if;
  select d.field_value_json into v_config
  from hera.core_dynamic_data d
  where d.organization_id = p_webhook.organization_id and d.entity_id = p_webhook.id and d.field_name = 'webhook_config';

  v_config := hera_internal.merge_webhook_config(v_config, p_change);
  if p_change ? 'headers' then
    v_config := v_config || jsonb_build_object('headers',
      hera_internal.store_webhook_headers(p_webhook.organization_id, p_webhook.id, p_change -> 'headers'));
  end if;
  perform hera_internal.check_webhook_config(v_config);
  perform hera_internal.store_webhook(p_actor_user_id, p_webhook.organization_id, p_webhook.id, v_config,
    coalesce(p_connector_code, p_webhook.connector_code));
  return null;
end
$$;
comment on function hera_internal.update_webhook(uuid, hera.webhooks, jsonb, text) is 'Merges a change into a webhook.';
