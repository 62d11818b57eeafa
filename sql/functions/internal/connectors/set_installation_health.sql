-- hera_internal.set_installation_health: note how an installation fares at its provider. One call after each use: without p_error it
-- went well, which clears the last error. p_token_expires_at: where it is known; null leaves it as it was.
-- p_error is shown to people and must hold no secret.
create or replace function hera_internal.set_installation_health(
  p_organization_id uuid, p_installation_id uuid, p_error text default null, p_token_expires_at timestamptz default null)
returns void
language plpgsql
as $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_smart_code text;
begin
  select e.smart_code into v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL';
  if not found then
    return;
  end if;
  if p_error is null then
    perform hera_internal.store_field(v_actor, p_organization_id, p_installation_id, 'last_success_at', 'date',
      to_jsonb(hera_internal.now()), v_smart_code);
    delete from hera.core_dynamic_data d
    where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'last_error';
  else
    perform hera_internal.store_field(v_actor, p_organization_id, p_installation_id, 'last_error', 'text',
      to_jsonb(left(p_error, 1000)), v_smart_code);
  end if;
  if p_token_expires_at is not null then
    perform hera_internal.store_field(v_actor, p_organization_id, p_installation_id, 'token_expires_at', 'date',
      to_jsonb(p_token_expires_at), v_smart_code);
  end if;
end
$$;
comment on function hera_internal.set_installation_health(uuid, uuid, text, timestamptz) is
  'Notes success, error and token expiry of an installation.';
