-- hera_internal.update_organization: change name, code and settings (merged key by key) of the organization that is the tenant.
-- Codes are unique across organizations, so a tenant that could try them would learn of others: a platform admin changes them.
-- Answers a null row where there is none.  Errors: PT400 organization.invalid, PT403 permission_denied, PT409 organization.exists.
create or replace function hera_internal.update_organization(p_actor_user_id uuid, p_role text, p_id uuid, p_organization jsonb)
returns hera.core_organizations
language plpgsql
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_row hera.core_organizations;
  v_fault text;
begin
  if p_organization ? 'code' and p_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'permission_denied', 'Only a platform admin changes organization.code.', 'Leave organization.code out.');
  end if;
  select * into v_row from hera.core_organizations o where o.id = p_id for update;
  v_row.organization_name := coalesce(btrim(p_organization ->> 'name'), v_row.organization_name);
  v_row.organization_code := coalesce(p_organization ->> 'code', v_row.organization_code);
  v_fault := hera_internal.organization_fault(v_row.organization_name, v_row.organization_code);
  if v_row.id is null then
    return null;
  elsif v_fault is not null then
    perform hera_internal.fail(400, 'organization.invalid', v_fault, null);
  end if;
  begin
    update hera.core_organizations o set
      organization_name = v_row.organization_name, organization_code = v_row.organization_code,
      settings = o.settings || coalesce(p_organization -> 'settings', '{}'), updated_at = v_now, updated_by = p_actor_user_id
    where o.id = p_id
    returning * into v_row;
  exception
    when unique_violation then
      perform hera_internal.fail(409, 'organization.exists', 'An organization with this code exists.', 'Choose another code.');
  end;
  update hera.core_entities e
  set entity_name = v_row.organization_name, entity_code = v_row.organization_code, updated_at = v_now, updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_id and e.id = p_id and (e.entity_name, e.entity_code) is distinct from (v_row.organization_name, v_row.organization_code);
  return v_row;
end
$$;
comment on function hera_internal.update_organization(uuid, text, uuid, jsonb) is 'Changes an organization and its entity.';
