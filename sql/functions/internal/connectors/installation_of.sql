-- hera_internal.installation_of: the organization's installation of a connector: the live one, else the last that was; nulls where
-- there never was one.  Locks: the installation, so that operations on it come one after another.
create or replace function hera_internal.installation_of(
  p_organization_id uuid, p_code text, out id uuid, out status text, out config jsonb)
language plpgsql
as $$
begin
  select e.id, e.status into id, status
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = p_code
  order by e.status = 'inactive', e.created_at desc
  limit 1
  for update;
  select d.field_value_json into config
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = installation_of.id and d.field_name = 'installation_config';
end
$$;
comment on function hera_internal.installation_of(uuid, text) is 'Locks and answers the installation of a connector.';
