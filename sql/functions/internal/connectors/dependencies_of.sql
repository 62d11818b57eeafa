-- hera_internal.dependencies_of: the organization's live installations of the connectors that a definition depends on.
-- Locks: them, so that none is uninstalled meanwhile.  Errors: PT409 connector.dependency_missing.
create or replace function hera_internal.dependencies_of(p_organization_id uuid, p_config jsonb)
returns uuid[]
language plpgsql
as $$
declare
  v_code text;
  v_id uuid;
  v_ids uuid[] := array[]::uuid[];
begin
  for v_code in select c.value from jsonb_array_elements_text(p_config -> 'depends_on') c order by 1
  loop
    select e.id into v_id
    from hera.core_entities e
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = v_code
      and e.status <> 'inactive'
    for share;
    if not found then
      perform hera_internal.fail(409, 'connector.dependency_missing', format('The connector needs %s, which is not installed.', v_code),
        format('INSTALL %s first.', v_code));
    end if;
    v_ids := v_ids || v_id;
  end loop;
  return v_ids;
end
$$;
comment on function hera_internal.dependencies_of(uuid, jsonb) is 'The installations that a definition needs.';
