-- hera_internal.dependency_fault: a connector that a definition depends on and that is unknown, or that depends on it in turn (neither
-- could be uninstalled then), or null.
create or replace function hera_internal.dependency_fault(p_code text, p_config jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_code text;
begin
  select c.value into v_code
  from jsonb_array_elements_text(p_config -> 'depends_on') c
  where c.value <> p_code and not exists (
    select from hera.core_entities e
    where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = c.value)
  limit 1;
  if found then
    return format('connector_config.depends_on names %s, which is no connector', v_code);
  end if;

  with recursive needed (code) as (
    select jsonb_array_elements_text(p_config -> 'depends_on')
    union
    select jsonb_array_elements_text(d.field_value_json -> 'depends_on')
    from needed n
    join hera.core_entities e
      on e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = n.code
    join hera.core_dynamic_data d
      on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
    where n.code <> p_code
  )
  select n.code into v_code from needed n where n.code = p_code;
  if found then
    return format('connector_config.depends_on leads back to %s', v_code);
  end if;
  return null;
end
$$;
comment on function hera_internal.dependency_fault(text, jsonb) is 'The fault of a definition''s dependencies, or null.';
