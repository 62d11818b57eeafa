-- hera_internal.begin_oauth: CONNECT of hera_connector_oauth_v1: where somebody is sent to authorize the installation. The state that the provider
-- brings back is signed, good once and for ten minutes, and known here by its hash alone; with it is kept, sealed, what the callback needs.
-- p_code: the connector's.  p_oauth: {return_path, scopes}.  Errors: PT409 connector.no_oauth, oauth.no_public_url; those of provider_request; PT500 encryption.key_missing.
create or replace function hera_internal.begin_oauth(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_code text, p_config jsonb, p_oauth jsonb)
returns text
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_auth constant jsonb := p_config -> 'auth';
  v_separator constant text := v_auth #>> '{scopes,separator}';
  v_origin constant text := hera_internal.platform_settings() #>> '{webhook,public_url}';
  v_redirect_uri constant text := v_origin || '/api/v2/integrations/oauth/callback';
  v_verifier text;
  v_state text;
  v_values jsonb;
  v_url text;
begin
  if v_auth ->> 'type' <> 'oauth2' then
    perform hera_internal.fail(409, 'connector.no_oauth', 'The connector has no authorization at its provider.', 'CONFIGURE it with its credentials.');
  elsif v_origin is null then
    perform hera_internal.fail(409, 'oauth.no_public_url', 'The host does not know the address at which it is reached.',
      'Set HERA_PUBLIC_URL, and register it with the provider''s app with the path /api/v2/integrations/oauth/callback.');
  end if;
  v_state := hera_internal.new_oauth_state(p_organization_id);
  if (v_auth -> 'pkce')::boolean then
    v_verifier := hera_internal.base64url(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
      || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
  end if;
  v_values := hera_internal.request_values(p_organization_id, p_installation_id, p_config, v_auth ->> 'authorize' || '{{fields.scopes}}',
    jsonb_build_object('redirect_uri', v_redirect_uri, 'state', v_state,
      'code_challenge', hera_internal.base64url(sha256(convert_to(v_verifier, 'UTF8'))),
      'optional_scopes', (select string_agg(s, v_separator) from jsonb_array_elements_text(v_auth #> '{scopes,optional}') s)));
  v_values := v_values || jsonb_build_object('scopes', coalesce(p_oauth ->> 'scopes', nullif(v_values ->> 'fields.scopes', ''),
    (select string_agg(s, v_separator) from jsonb_array_elements_text(v_auth #> '{scopes,default}') s)));
  -- Where there is no challenge, its method is not said either.
  v_url := hera_internal.fill_url(v_auth #>> '{authorize,url}', case when v_verifier is null
    then (v_auth #> '{authorize,params}') - 'code_challenge_method' else v_auth #> '{authorize,params}' end, v_values);

  delete from hera.oauth_states s where s.organization_id = p_organization_id and s.expires_at < v_now - interval '1 day';
  insert into hera.oauth_states (organization_id, state_hash, installation_id, actor_user_id, expires_at, sealed)
  values (p_organization_id, sha256(convert_to(v_state, 'UTF8')), p_installation_id, p_actor_user_id, v_now + interval '10 minutes',
    hera_internal.seal(jsonb_strip_nulls(jsonb_build_object('connector_code', p_code, 'redirect_uri', v_redirect_uri, 'code_verifier', v_verifier,
      'return_path', p_oauth -> 'return_path'))::text));
  return v_url;
end
$$;
comment on function hera_internal.begin_oauth(uuid, uuid, uuid, text, jsonb, jsonb) is 'The address at which an installation is authorized.';
