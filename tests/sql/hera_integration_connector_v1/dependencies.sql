-- A connector that depends on another needs it installed, and keeps it from being uninstalled.
do $$
declare
  a record := hera_test.organization('A');
  s constant uuid := hera_test.system();
  p constant uuid := hera_test.platform();
  v_base uuid;
  v_top uuid;
begin
  perform hera_test.define('base');
  assert hera_test.links((hera_test.define('top', '{"depends_on": ["base"]}') ->> 'id')::uuid, 'CONNECTOR_DEPENDS_ON') = array['base'];
  perform hera_test.refused('PT409', 'connector.dependency_missing', a.admin, a.organization, 'INSTALL', 'top');
  v_base := hera_test.connector(a.admin, a.organization, 'INSTALL', 'base') #>> '{installation,id}';
  v_top := hera_test.connector(a.admin, a.organization, 'INSTALL', 'top') #>> '{installation,id}';
  assert (select r.to_entity_id from core_relationships r where r.from_entity_id = v_top and r.relationship_type = 'CONNECTOR_DEPENDS_ON') = v_base;
  perform hera_test.refused('PT409', 'connector.in_use', a.admin, a.organization, 'UNINSTALL', 'base');
  begin
    perform hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'base');
  exception
    when sqlstate 'PT409' then
      assert sqlerrm like '%top%', 'the refusal names who needs it';
  end;
  perform hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'top');
  assert hera_test.connector(a.admin, a.organization, 'UNINSTALL', 'base') #>> '{installation,status}' = 'inactive';

  -- Definitions: unknown ones, itself, and a circle.
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'UPDATE_DEFINITION', 'top', '{"depends_on": ["no-such"]}');
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'UPDATE_DEFINITION', 'top', '{"depends_on": ["top"]}');
  perform hera_test.refused('PT400', 'connector_config.invalid', s, p, 'UPDATE_DEFINITION', 'base', '{"depends_on": ["top"]}');
  perform hera_test.connector(s, p, 'UPDATE_DEFINITION', 'top', '{"depends_on": null}');
  assert (select hera_test.links(e.id, 'CONNECTOR_DEPENDS_ON') is null from core_entities e where e.entity_code = 'top' and e.entity_type = 'INTEGRATION_CONNECTOR_DEF');
  perform hera_test.connector(s, p, 'UPDATE_DEFINITION', 'base', '{"depends_on": ["top"]}');
end
$$;
