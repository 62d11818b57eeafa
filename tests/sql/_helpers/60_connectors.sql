-- hera_test.connector: hera_integration_connector_v1 by its usual arguments.
create function hera_test.connector(p_actor uuid, p_organization uuid, p_operation text, p_code text default null, p_config jsonb default '{}')
returns jsonb
language sql
as $$
  select hera_integration_connector_v1(p_actor, p_organization, p_operation, p_connector_code => p_code,
    p_connector_config => case when p_operation like '%DEFINITION' then p_config else '{}' end,
    p_installation_config => case when p_operation like '%DEFINITION' then '{}' else p_config end);
$$;

-- hera_test.refused: that call is refused so.
create function hera_test.refused(
  p_sqlstate text, p_error text, p_actor uuid, p_organization uuid, p_operation text, p_code text default null, p_config jsonb default '{}') returns void
language sql
as $$
  select hera_test.raises(format('select hera_test.connector(%L, %L, %L, %L, %L)', p_actor, p_organization, p_operation, p_code, p_config), p_sqlstate, p_error);
$$;

-- hera_test.define: a new definition by the platform; a smart code is given where p_config has none.
create function hera_test.define(p_code text, p_config jsonb default '{}') returns jsonb
language sql
as $$
  select hera_test.connector(hera_test.system(), hera_test.platform(), 'CREATE_DEFINITION', p_code,
    '{"smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1"}' || p_config) -> 'connector';
$$;

-- hera_test.links: the targets of the active links of a type from an entity, by their codes.
create function hera_test.links(p_from uuid, p_type text) returns text[]
language sql
as $$
  select array_agg(coalesce(e.entity_code, e.entity_name) order by e.entity_code)
  from core_relationships r
  join core_entities e on e.id = r.to_entity_id
  where r.from_entity_id = p_from and r.relationship_type = p_type and r.is_active;
$$;
