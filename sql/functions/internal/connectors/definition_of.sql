-- hera_internal.definition_of: a connector definition by its code. Errors: PT404 not_found, also where the code is null.
create or replace function hera_internal.definition_of(p_code text, out id uuid, out name text, out config jsonb)
language plpgsql
stable
as $$
begin
  select e.id, e.entity_name, d.field_value_json into id, name, config
  from hera.core_entities e
  join hera.core_dynamic_data d on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code;
  if id is null then
    perform hera_internal.fail(404, 'not_found', 'No such connector.', 'LIST shows the connectors; pass p_connector_code.');
  end if;
end
$$;
comment on function hera_internal.definition_of(text) is 'A connector definition by its code.';
