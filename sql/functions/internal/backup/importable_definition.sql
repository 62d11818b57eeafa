-- hera_internal.importable_definition: the definition that an installation of a backup is based on, if the organization may install it.
-- Errors: PT404 connector.unknown; PT409 connector.retired, connector.not_assigned.
create or replace function hera_internal.importable_definition(p_organization_id uuid, p_code text)
returns uuid
language plpgsql
stable
as $$
declare
  v_id uuid;
  v_config jsonb;
begin
  select e.id, d.field_value_json into v_id, v_config
  from hera.core_entities e
  join hera.core_dynamic_data d on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code;
  if v_id is null then
    perform hera_internal.fail(404, 'connector.unknown', format('There is no connector %s.', left(p_code, 100)),
      'Import the platform organization''s document first, which holds the definitions.');
  elsif v_config ->> 'status' = 'retired' then
    perform hera_internal.fail(409, 'connector.retired', format('The connector %s is retired.', p_code),
      'Take the installation out of the document.');
  elsif v_config -> 'requires_assignment' = 'true' and not exists (
    select from hera.core_relationships r
    where r.organization_id = p_organization_id and r.from_entity_id = p_organization_id and r.to_entity_id = v_id
      and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active) then
    perform hera_internal.fail(409, 'connector.not_assigned', format('The organization may not install %s.', p_code),
      'A platform admin assigns it with ASSIGN of hera_integration_connector_v1.');
  end if;
  return v_id;
end
$$;
comment on function hera_internal.importable_definition(uuid, text) is 'The definition of a code, or an error.';
