-- hera_internal.with_client: a request to a token endpoint with the app's id and secret where its provider wants them: auth.token.client_auth
-- body, query, or header (Basic). p_params: {name: template}, the request's own. auth.client names the two, client_id and client_secret else.
create or replace function hera_internal.with_client(p_auth jsonb, p_request jsonb, p_params jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_id constant text := coalesce(p_auth #>> '{client,id}', '{{fields.client_id}}');
  v_secret constant text := coalesce(p_auth #>> '{client,secret}', '{{fields.client_secret}}');
  v_request jsonb := p_request - 'params' - 'client_auth' - 'with_auth';
  v_params jsonb := p_params;
begin
  if p_auth #>> '{token,client_auth}' = 'header' then
    v_request := v_request || jsonb_build_object('headers', jsonb_build_object('Authorization', 'Basic {{client_credentials}}'));
  else
    v_params := v_params || jsonb_build_object('client_id', v_id, 'client_secret', v_secret);
  end if;
  if v_request ->> 'method' = 'POST' and p_auth #>> '{token,client_auth}' is distinct from 'query' then
    return v_request || jsonb_build_object('body', v_params, 'body_format', coalesce(p_auth #>> '{token,body_format}', 'form'));
  end if;
  return v_request || jsonb_build_object('query', v_params);
end
$$;
comment on function hera_internal.with_client(jsonb, jsonb, jsonb) is 'A token request that says which app asks.';
