-- hera_internal.definition_fault: the first fault of a connector definition, as a sentence that begins with the path, or null.
-- Guards all ways in: seeds, CREATE_DEFINITION and UPDATE_DEFINITION. A definition is tried on its own samples and test vectors.
create or replace function hera_internal.definition_fault(p_config jsonb)
returns text
language plpgsql
volatile
as $$
declare
  v_text constant text := p_config::text;
  v_fault text := hera_internal.json_fault(p_config, v_text, 262144);
begin
  if v_fault is not null then
    return 'connector_config ' || v_fault;
  end if;
  -- Each looks at what the ones before have found to be sound.
  v_fault := hera_internal.shape_fault('connector_config', p_config, hera_internal.definition_shape());
  if v_fault is null and (p_config ->> 'version')::bigint not between 1 and 1000000 then
    return 'connector_config.version must be a whole number from 1 to 1000000';
  end if;
  v_fault := coalesce(v_fault, hera_internal.fields_fault(p_config -> 'fields'));
  v_fault := coalesce(v_fault, hera_internal.auth_fault(p_config -> 'auth'));
  v_fault := coalesce(v_fault, hera_internal.secret_names_fault(p_config));
  v_fault := coalesce(v_fault, hera_internal.verification_fault(p_config -> 'inbound'));
  v_fault := coalesce(v_fault, hera_internal.event_rules_fault(p_config));
  v_fault := coalesce(v_fault, hera_internal.actions_fault(p_config));
  v_fault := coalesce(v_fault, hera_internal.templates_fault(p_config, v_text));
  v_fault := coalesce(v_fault, hera_internal.samples_fault(p_config));
  return coalesce(v_fault, hera_internal.test_vectors_fault(p_config));
end
$$;
comment on function hera_internal.definition_fault(jsonb) is 'The fault of a connector definition, or null.';
