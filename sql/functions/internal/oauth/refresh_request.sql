-- hera_internal.refresh_request: the request that renews an installation's token by the definition's strategy; null where nothing can be renewed.
-- Errors: those of provider_request.
create or replace function hera_internal.refresh_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb)
returns jsonb
language plpgsql
volatile
as $$
begin
  if not (hera_internal.token_state(p_organization_id, p_installation_id, p_config -> 'auth')).can_refresh then
    return null;
  end if;
  return hera_internal.token_request(p_organization_id, p_installation_id, p_config, 'token',
    coalesce(p_config #> '{auth,refresh,params}', '{"grant_type": "refresh_token", "refresh_token": "{{refresh_token}}"}'), '{}');
end
$$;
comment on function hera_internal.refresh_request(uuid, uuid, jsonb) is 'The request that renews a token.';
