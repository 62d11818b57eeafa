-- hera_internal.assign_connector: ASSIGN and UNASSIGN of hera_integration_connector_v1. UNASSIGN pauses the live installation of a
-- definition that requires the assignment; it can't be resumed until the organization is assigned again.
-- Errors: PT404 not_found.
create or replace function hera_internal.assign_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text)
returns jsonb
language plpgsql
as $$
declare
  v_definition record := hera_internal.definition_of(p_code);
  v_installation record;
begin
  if p_operation = 'ASSIGN' then
    perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_organization_id, 'ORG_AUTHORIZED_FOR', array[v_definition.id]);
  else
    perform hera_internal.end_links(p_actor_user_id, p_organization_id, array(
      select r.id from hera.core_relationships r
      where r.organization_id = p_organization_id and r.from_entity_id = p_organization_id and r.to_entity_id = v_definition.id
        and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active));
    v_installation := hera_internal.installation_of(p_organization_id, p_code);
    if v_installation.status <> 'inactive' and (v_definition.config -> 'requires_assignment')::boolean then
      perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, v_installation.id, 'paused');
      perform hera_internal.keep_tasks(p_organization_id, v_installation.id);
    end if;
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_integration_connector_v1', p_operation, v_definition.id,
    jsonb_build_object('code', p_code));
  return jsonb_build_object('success', true, 'assignment', jsonb_build_object(
    'code', p_code, 'organization_id', p_organization_id, 'assigned', p_operation = 'ASSIGN'));
end
$$;
comment on function hera_internal.assign_connector(uuid, uuid, text, text) is
  'Authorizes an organization for a definition, or takes that back.';
