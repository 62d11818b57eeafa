-- hera_internal.create_organization: a tenant and its ORGANIZATION entity (same id), which links may point to.
-- Errors: PT400 organization.invalid, PT409 organization.exists.
create or replace function hera_internal.create_organization(p_actor_user_id uuid, p_organization jsonb)
returns hera.core_organizations
language plpgsql
as $$
declare
  v_row hera.core_organizations;
  v_id uuid := coalesce((p_organization ->> 'id')::uuid, gen_random_uuid());
  v_name text := btrim(p_organization ->> 'name');
  v_code text := coalesce(p_organization ->> 'code', upper(regexp_replace(v_name, '[^A-Za-z0-9]+', '-', 'g')));
begin
  if hera_internal.organization_fault(v_name, v_code) is not null then
    perform hera_internal.fail(400, 'organization.invalid', hera_internal.organization_fault(v_name, v_code), null);
  end if;
  begin
    insert into hera.core_organizations (id, organization_name, organization_code, settings, created_by, updated_by)
    values (v_id, v_name, v_code, coalesce(p_organization -> 'settings', '{}'), p_actor_user_id, p_actor_user_id)
    returning * into v_row;
  exception
    when unique_violation then
      perform hera_internal.fail(409, 'organization.exists', 'An organization with this code or id exists.', 'Choose another code.');
  end;
  perform hera_internal.set_tenant(v_id);
  insert into hera.core_entities (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  values (v_id, v_id, 'ORGANIZATION', v_name, v_code, 'HERA.IDENTITY.ORGANIZATION.v1', p_actor_user_id, p_actor_user_id);
  return v_row;
end
$$;
comment on function hera_internal.create_organization(uuid, jsonb) is 'Makes an organization and leaves it set as the tenant.';
