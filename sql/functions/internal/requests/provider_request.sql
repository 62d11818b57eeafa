-- hera_internal.provider_request: a request to a provider as the host sends it: {method, url, headers, body}; body is a text or null.
-- It holds secrets: seal it with hera_internal.seal_for_sender and let it go nowhere else.
--   p_config      the definition of the installation (hera_internal.installed_definition)
--   p_request     {method, url, headers, query, body, body_format}: templates. body_format form makes a form of the body's members
--   p_values      what the placeholders stand for that belong to the request: {input, hera_id, state, code, …}
--   p_with_auth   adds auth.headers and auth.query of the definition
-- Errors: PT400 request.incomplete, request.url, request.header, request.filter; PT409 connector.token_missing;
--   PT500 encryption.key_missing, encryption.key_unknown.
create or replace function hera_internal.provider_request(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_request jsonb, p_values jsonb default '{}', p_with_auth boolean default true)
returns jsonb
language plpgsql
stable
as $$
declare
  v_auth constant jsonb := case when p_with_auth then p_config -> 'auth' else '{}' end;
  v_is_form constant boolean := coalesce(p_request ->> 'body_format' = 'form', false);
  v_headers constant jsonb := coalesce(v_auth -> 'headers', '{}') || coalesce(p_request -> 'headers', '{}');
  v_query constant jsonb := coalesce(v_auth -> 'query', '{}') || coalesce(p_request -> 'query', '{}');
  v_values constant jsonb := hera_internal.request_values(p_organization_id, p_installation_id, p_config,
    concat_ws(' ', p_request ->> 'url', v_headers, v_query, p_request -> 'body'), p_values);
  v_body text;
begin
  if p_request ? 'body' then
    v_body := case when v_is_form then coalesce(hera_internal.fill_query(p_request -> 'body', v_values), '')
      else hera_internal.fill_json(p_request -> 'body', v_values)::text end;
  end if;
  return jsonb_build_object(
    'method', p_request ->> 'method',
    'url', hera_internal.fill_url(p_request ->> 'url', v_query, v_values),
    'headers', jsonb_build_object('Accept', 'application/json', 'User-Agent', 'HERA-Connector/1.0')
      || case when v_body is null then '{}'
        else jsonb_build_object('Content-Type', case when v_is_form then 'application/x-www-form-urlencoded' else 'application/json' end) end
      || hera_internal.fill_headers(v_headers, v_values),
    'body', v_body);
end
$$;
comment on function hera_internal.provider_request(uuid, uuid, jsonb, jsonb, jsonb, boolean) is
  'A filled request to a provider, with secrets in clear: to be sealed at once.';
