-- Every role and every operation: who is refused what.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_role text;
  v_actor uuid;
  v_operation text;
  v_admin_only constant text[] := array['CREATE_DEFINITION', 'UPDATE_DEFINITION', 'RETIRE_DEFINITION', 'ASSIGN', 'UNASSIGN'];
  v_managing constant text[] := array['INSTALL', 'CONFIGURE', 'PAUSE', 'RESUME', 'UNINSTALL'];
begin
  foreach v_role in array array['org_admin', 'integration_manager', 'member']
  loop
    v_actor := hera_test.member(a.organization, v_role);
    foreach v_operation in array v_admin_only || v_managing || array['LIST', 'GET']
    loop
      if v_operation = any (v_admin_only) or v_role = 'member' and v_operation = any (v_managing) then
        perform hera_test.refused('PT403', 'permission_denied', v_actor, a.organization, v_operation, 'hubspot-crm');
        perform hera_test.refused('PT403', 'actor_not_member', v_actor, hera_test.platform(), v_operation, 'hubspot-crm');
      end if;
      -- In another organization, whatever the operation; an organization that is not there is answered the same.
      perform hera_test.refused('PT403', 'actor_not_member', v_actor, b.organization, v_operation, 'hubspot-crm');
      perform hera_test.refused('PT403', 'actor_not_member', v_actor, gen_random_uuid(), v_operation, 'hubspot-crm');
    end loop;
    if v_role <> 'member' then
      perform hera_test.connector(v_actor, a.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "s"}');
      foreach v_operation in array array['CONFIGURE', 'PAUSE', 'RESUME', 'UNINSTALL']
      loop
        perform hera_test.connector(v_actor, a.organization, v_operation, 'hubspot-crm');
      end loop;
    end if;
    assert hera_test.connector(v_actor, a.organization, 'LIST') @> '{"success": true}';
  end loop;
end
$$;

-- An operation on another organization's installation finds none.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_id uuid := hera_test.connector(b.admin, b.organization, 'INSTALL', 'hubspot-crm', '{"client_id": "c", "client_secret": "s"}') #>> '{installation,id}';
  v_before text := (select string_agg(e::text, '') from hera.core_entities e where e.organization_id = b.organization);
  v_operation text;
begin
  foreach v_operation in array array['CONFIGURE', 'PAUSE', 'RESUME', 'UNINSTALL']
  loop
    perform hera_test.refused('PT404', 'not_found', a.admin, a.organization, v_operation, 'hubspot-crm');
  end loop;
  assert (select string_agg(e::text, '') from hera.core_entities e where e.organization_id = b.organization) = v_before;
  -- A link can't be made to it either: the foreign key names the own organization, and the platform for definitions.
  perform hera_test.raises(format('insert into hera.core_relationships (organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
    values (%L, %L, %L, %L, ''HERA.TEST.REL.v1'', %L, %L)', a.organization, a.organization, v_id, t, a.admin, a.admin), '23503')
  from unnest(array['CONNECTOR_DEPENDS_ON', 'CONNECTOR_BASED_ON', 'ORG_AUTHORIZED_FOR', 'WEBHOOK_BELONGS_TO', 'CONNECTOR_INSTALLED_BY']) t;
  perform hera_test.raises(format('insert into hera.core_relationships (organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
    values (%L, %L, %L, ''INTEGRATION_MANAGES'', ''HERA.TEST.REL.v1'', %L, %L)', a.organization, a.admin, v_id, a.admin, a.admin), '23503');
end
$$;
