-- hera_internal.import_organization: bring one organization's part of a backup into p_organization_id, which is the tenant.
-- Answers [{type, id, source_id, code, action, secrets_missing}].
create or replace function hera_internal.import_organization(
  p_actor_user_id uuid, p_organization_id uuid, p_role text, p_part jsonb, p_same_database boolean, p_skip_unknown boolean)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_source_id uuid := hera_internal.to_uuid('document.organizations.id', p_part ->> 'id');
  v_home boolean := p_same_database and v_source_id = p_organization_id;
  v_done jsonb := jsonb '[]';
  v_item jsonb;
begin
  if p_role = 'platform_admin' then
    v_done := hera_internal.import_platform_part(p_actor_user_id, p_organization_id, p_part);
  end if;
  for v_item in select i from jsonb_array_elements(p_part -> 'installations') i
  loop
    v_done := v_done || hera_internal.import_installation(p_actor_user_id, p_organization_id, v_source_id, v_item, v_home, p_skip_unknown);
  end loop;
  for v_item in select w from jsonb_array_elements(p_part -> 'webhooks') w
  loop
    v_done := v_done || hera_internal.import_webhook(p_actor_user_id, p_organization_id, v_source_id, v_item, v_home, p_skip_unknown);
  end loop;
  -- After the webhooks, which keep their numbers. One that is not in the document is made with its first call.
  perform hera_internal.ensure_channel(p_organization_id, e.id, hera_internal.installed_definition(p_organization_id, e.id),
    case when v_home then (i ->> 'channel_no')::int end)
  from jsonb_array_elements(p_part -> 'installations') i
  join hera.core_entities e
    on e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = i ->> 'code'
    and e.status <> 'inactive'
  where jsonb_typeof(i -> 'channel_no') = 'number';
  perform hera_internal.sync_channel(p_organization_id, w.id)
  from hera.webhooks w where w.organization_id = p_organization_id and w.kind = 'channel';
  return v_done;
end
$$;
comment on function hera_internal.import_organization(uuid, uuid, text, jsonb, boolean, boolean) is
  'Imports an organization''s configuration.';
