-- hera_internal.event_connector: what a connector code on an event means in the organization.
--   fault            {error, status, field, message} where the event must be refused
--   installation_id  where the connector is installed and may take events
--   definition_id    where a definition has the code
--   smart_codes      {event type: smart code} of the definition's mapping: of the version that the installation is on, else of the newest
create or replace function hera_internal.event_connector(
  p_organization_id uuid, p_connector_code text,
  out fault jsonb, out installation_id uuid, out definition_id uuid, out smart_codes jsonb)
language plpgsql
stable
as $$
declare
  v_status text;
  v_version text;
  v_platform constant uuid := hera_internal.platform_id();
begin
  select e.id, e.status, e.metadata ->> 'definition_version' into installation_id, v_status, v_version
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and e.entity_code = p_connector_code
  order by e.status = 'inactive', e.created_at desc
  limit 1;

  if v_status in ('paused', 'inactive') then
    fault := jsonb_build_object('success', false, 'error', 'connector.' || v_status, 'status', 409, 'field', 'connector_code',
      'message', format('connector_code %s: the installation is %s', p_connector_code, v_status));
    return;
  end if;

  select d.id, d.metadata -> 'event_smart_codes' -> coalesce(v_version, d.metadata ->> 'newest_version') into definition_id, smart_codes
  from hera.core_entities d
  where d.organization_id = v_platform and d.entity_type = 'INTEGRATION_CONNECTOR_DEF' and d.entity_code = p_connector_code;

  -- The platform organization may name connectors that are still to be defined.
  if definition_id is null and installation_id is null and p_organization_id <> v_platform then
    fault := jsonb_build_object('success', false, 'error', 'connector.unknown', 'status', 404, 'field', 'connector_code',
      'message', format('connector_code %s names no connector; LIST of hera_integration_connector_v1 shows them', p_connector_code));
  end if;
end
$$;
comment on function hera_internal.event_connector(uuid, text) is 'Resolves the connector code of an event.';
