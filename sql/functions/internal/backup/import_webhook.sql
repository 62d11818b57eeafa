-- hera_internal.import_webhook: bring one webhook of a backup into an organization; see hera_internal.import_installation.
-- Elsewhere than at home a new one starts inactive. One whose signing secret is missing gets a new one, since nothing is sent unsigned:
-- ROTATE_SECRET shows another.
-- Errors: PT400 webhook_config.invalid, webhook_config.unknown; see hera_internal.opened_secrets.
create or replace function hera_internal.import_webhook(
  p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_source_id uuid := hera_internal.to_uuid('document.webhooks.id', p_item ->> 'id');
  v_id uuid := hera_internal.imported_id(p_organization_id, p_source_id, v_source_id, 'INTEGRATION_WEBHOOK');
  v_opened jsonb := hera_internal.opened_secrets(p_source_id, v_source_id, p_item -> 'secrets', p_skip_unknown);
  v_config jsonb := p_item -> 'config';
  v_missing jsonb := jsonb '[]';
  v_old hera.webhooks;
  v_same boolean;
  v_changed boolean;
begin
  perform hera_internal.check_keys('webhook_config', v_config, array['url', 'topics', 'filter', 'transform', 'headers', 'retry_policy',
    'timeout_ms', 'rate_limit_per_second', 'ordering', 'description', 'metadata']);
  if v_config ? 'headers' and not v_opened ? 'headers' then
    v_config := v_config - 'headers';
    v_missing := v_missing || jsonb '"headers"';
  end if;
  v_config := hera_internal.merge_webhook_config('{}', v_config)
    || case when v_config ? 'headers' then jsonb_build_object('headers', v_config -> 'headers') else '{}' end;
  perform hera_internal.check_webhook_config(v_config);

  select * into v_old from hera.webhooks w where w.organization_id = p_organization_id and w.id = v_id;
  select d.field_value_json = v_config and v_old.connector_code is not distinct from p_item ->> 'connector_code' into v_same
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = v_id and d.field_name = 'webhook_config';
  v_changed := v_same is distinct from true;
  if v_changed then
    perform hera_internal.store_webhook(p_actor_user_id, p_organization_id, v_id, v_config, null);
    perform hera_internal.bind_imported_webhook(p_actor_user_id, p_organization_id, v_id, p_item,
      v_old.id is null and p_organization_id = p_source_id);
  end if;
  if v_old.id is null and not p_home then
    update hera.webhooks w set status = 'inactive', status_reason = 'Imported: enable it when it shall send.'
    where w.organization_id = p_organization_id and w.id = v_id;
  elsif p_home and (v_old.status, v_old.status_reason) is distinct from (p_item ->> 'status', p_item ->> 'status_reason') then
    update hera.webhooks w set status = p_item ->> 'status', status_reason = p_item ->> 'status_reason'
    where w.organization_id = p_organization_id and w.id = v_id;
    v_changed := true;
  end if;

  v_changed := hera_internal.restore_secrets(p_organization_id, v_id, v_opened) or v_changed;
  if not exists (
    select from hera.secrets s where s.organization_id = p_organization_id and s.entity_id = v_id and s.name = 'signing') then
    perform hera_internal.store_webhook_secret(p_organization_id, v_id, hera_internal.new_webhook_secret(), interval '0');
    v_missing := v_missing || jsonb '"signing"';
  end if;
  return jsonb_build_object('type', 'webhook', 'id', v_id, 'source_id', v_source_id, 'code', v_config ->> 'url',
    'secrets_missing', v_missing,
    'action', case when v_old.id is null then 'created' when v_changed then 'updated' else 'unchanged' end);
end
$$;
comment on function hera_internal.import_webhook(uuid, uuid, uuid, jsonb, boolean, boolean) is 'Imports a webhook.';
