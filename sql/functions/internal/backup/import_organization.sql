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
  return v_done;
end
$$;
comment on function hera_internal.import_organization(uuid, uuid, text, jsonb, boolean, boolean) is
  'Imports an organization''s configuration.';
