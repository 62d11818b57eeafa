-- hera_internal.token_request: a filled request to the authorization server of a provider, with secrets in clear: to be sealed at once.
--   p_endpoint   token, revoke
--   p_params     {name: template}: what is asked for; those of the definition's endpoint stand behind them
--   p_values     what the placeholders stand for besides fields and tokens
-- Errors: those of provider_request.
create or replace function hera_internal.token_request(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_endpoint text, p_params jsonb, p_values jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_auth constant jsonb := p_config -> 'auth';
  v_endpoint constant jsonb := v_auth -> p_endpoint;
  v_params constant jsonb := coalesce(v_endpoint -> 'params', '{}') || p_params;
  v_values jsonb := p_values || jsonb_build_object('refresh_token',
    hera_internal.installation_secret(p_organization_id, p_installation_id, 'oauth_refresh_token'));
  v_client jsonb;
begin
  if (v_endpoint -> 'with_auth')::boolean then
    return hera_internal.provider_request(p_organization_id, p_installation_id, p_config,
      v_endpoint - 'params' - 'with_auth' || jsonb_build_object('query', v_params), v_values);
  end if;
  if v_auth #>> '{token,client_auth}' = 'header' then
    v_client := hera_internal.request_values(p_organization_id, p_installation_id, p_config,
      coalesce(v_auth -> 'client', '["{{fields.client_id}}", "{{fields.client_secret}}"]')::text, '{}');
    v_values := v_values || jsonb_build_object('client_credentials', hera_internal.filter_text(concat_ws(':',
      hera_internal.url_encode(hera_internal.fill_text(coalesce(v_auth #>> '{client,id}', '{{fields.client_id}}'), v_client)),
      hera_internal.url_encode(hera_internal.fill_text(coalesce(v_auth #>> '{client,secret}', '{{fields.client_secret}}'), v_client))), 'base64'));
  end if;
  return hera_internal.provider_request(p_organization_id, p_installation_id, p_config,
    hera_internal.with_client(v_auth, v_endpoint, v_params), v_values, false);
end
$$;
comment on function hera_internal.token_request(uuid, uuid, jsonb, text, jsonb, jsonb) is 'A filled request for or about a token.';
