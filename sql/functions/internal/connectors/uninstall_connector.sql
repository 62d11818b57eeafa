-- hera_internal.uninstall_connector: UNINSTALL of hera_integration_connector_v1. The installation stays as inactive, without its secrets,
-- which the provider is told are no longer wanted; events that name it are refused. Webhooks bound to it stay as they are: what is queued is sent, nothing new reaches them, and they
-- serve the next installation of the connector.
-- Errors: PT409 connector.in_use where another live installation depends on it.
create or replace function hera_internal.uninstall_connector(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid)
returns void
language plpgsql
as $$
declare
  v_dependant text;
begin
  select e.entity_code into v_dependant
  from hera.core_relationships r
  join hera.core_entities e on e.organization_id = r.organization_id and e.id = r.from_entity_id
  where r.organization_id = p_organization_id and r.to_entity_id = p_installation_id
    and r.relationship_type = 'CONNECTOR_DEPENDS_ON' and r.is_active
  limit 1;
  if found then
    perform hera_internal.fail(409, 'connector.in_use', format('%s depends on this connector.', v_dependant),
      format('UNINSTALL %s first.', v_dependant));
  end if;

  perform hera_internal.queue_revoke(p_actor_user_id, p_organization_id, p_installation_id);
  perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, p_installation_id, 'inactive');
  delete from hera.secrets s where s.organization_id = p_organization_id and s.entity_id = p_installation_id;
  delete from hera.call_slots s where s.organization_id = p_organization_id and s.installation_id = p_installation_id;
  perform hera_internal.end_links(p_actor_user_id, p_organization_id, array(
    select r.id from hera.core_relationships r
    where r.organization_id = p_organization_id and r.is_active
      and (r.from_entity_id = p_installation_id and r.relationship_type = 'CONNECTOR_DEPENDS_ON'
        or r.to_entity_id = p_installation_id and r.relationship_type = 'INTEGRATION_MANAGES')));
end
$$;
comment on function hera_internal.uninstall_connector(uuid, uuid, uuid) is 'Makes an installation inactive and forgets its secrets.';
