-- hera_internal.importable_definition: the definition that an installation of a backup is based on, if the organization may install it and
-- the configuration fits it. Secrets are masked in the configuration, as they are stored.
-- Errors: PT400 installation_config.…; PT403 connector.not_assigned; PT404 not_found; PT409 connector.retired.
create or replace function hera_internal.importable_definition(p_organization_id uuid, p_code text, p_config jsonb)
returns uuid
language plpgsql
as $$
declare
  v_definition record := hera_internal.definition_of(p_code);
begin
  if v_definition.config ->> 'status' = 'retired' then
    perform hera_internal.fail(409, 'connector.retired', format('The connector %s is retired.', p_code),
      'Take the installation out of the document.');
  end if;
  perform hera_internal.check_assigned(p_organization_id, v_definition.id, v_definition.config);
  -- As a change of itself: each field is checked, and no secret is another one.
  perform hera_internal.merge_installation_config(v_definition.config -> 'fields', coalesce(p_config, '{}'), coalesce(p_config, '{}'));
  return v_definition.id;
end
$$;
comment on function hera_internal.importable_definition(uuid, text, jsonb) is 'The definition of a code, or an error.';
