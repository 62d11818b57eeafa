-- hera_internal.check_assigned: refuse an organization that may not use a definition. Errors: PT403 connector.not_assigned.
create or replace function hera_internal.check_assigned(p_organization_id uuid, p_definition_id uuid, p_config jsonb)
returns void
language plpgsql
as $$
begin
  if (p_config -> 'requires_assignment')::boolean and not hera_internal.is_assigned(p_organization_id, p_definition_id) then
    perform hera_internal.fail(403, 'connector.not_assigned', 'The organization is not authorized for this connector.',
      'A platform admin authorizes it with operation ASSIGN.');
  end if;
end
$$;
comment on function hera_internal.check_assigned(uuid, uuid, jsonb) is
  'Raises where a definition asks for an assignment that is not there.';
