-- as hera_view
-- A definition's status and the smart codes of its events (what ingest reads) are what its connector_config says, which is its
-- newest version, and a
-- CONNECTOR_SUPPORTS link stands for each of its events.
select e.entity_code
from hera.core_entities e
left join hera.core_dynamic_data d on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
where e.entity_type = 'INTEGRATION_CONNECTOR_DEF'
  and (e.status is distinct from d.field_value_json ->> 'status'
    or e.metadata -> 'newest_version' is distinct from d.field_value_json -> 'version'
    or not exists (
      select from hera.connector_versions v
      where v.organization_id = e.organization_id and v.definition_id = e.id and v.config = d.field_value_json
        and to_jsonb(v.version) = e.metadata -> 'newest_version')
    or e.smart_code is distinct from d.field_value_json ->> 'smart_code'
    or coalesce(e.metadata -> 'event_smart_codes' -> (d.field_value_json ->> 'version'), '{}') <> coalesce((
      select jsonb_object_agg(v ->> 'type', v ->> 'smart_code')
      from jsonb_array_elements(d.field_value_json #> '{inbound,events}') v where v ? 'smart_code'), '{}')
    or (select count(*) from hera.core_relationships r
        where r.organization_id = e.organization_id and r.from_entity_id = e.id
          and r.relationship_type = 'CONNECTOR_SUPPORTS' and r.is_active)
      <> coalesce(jsonb_array_length(d.field_value_json #> '{inbound,events}'), 0));
