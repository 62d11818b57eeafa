-- hera_internal.webhooks_json: webhooks as the RPCs answer them, without any secret.
create or replace function hera_internal.webhooks_json(p_organization_id uuid, p_webhook_id uuid, p_connector_code text)
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_agg(
      d.field_value_json || jsonb_build_object(
        'id', w.id, 'status', w.status, 'status_reason', w.status_reason, 'connector_code', w.connector_code,
        'created_at', e.created_at, 'updated_at', e.updated_at,
        'secret', (
          select s.hint from hera.secrets s
          where s.organization_id = w.organization_id and s.entity_id = w.id and s.name = 'signing'
          order by s.version desc limit 1),
        'previous_secret_expires_at', (
          select max(s.expires_at) from hera.secrets s
          where s.organization_id = w.organization_id and s.entity_id = w.id and s.name = 'signing' and s.expires_at > hera_internal.now()))
      order by w.webhook_no), '[]')
  from hera.webhooks w
  join hera.core_entities e on e.organization_id = w.organization_id and e.id = w.id
  join hera.core_dynamic_data d on d.organization_id = w.organization_id and d.entity_id = w.id and d.field_name = 'webhook_config'
  where w.organization_id = p_organization_id and w.kind = 'webhook'
    and (p_webhook_id is null or w.id = p_webhook_id)
    and (p_connector_code is null or w.connector_code = p_connector_code);
$$;
comment on function hera_internal.webhooks_json(uuid, uuid, text) is 'Webhooks of an organization as a JSON array.';
