-- hera_internal.auth_fault: the fault of the auth part of a definition, or null.
create or replace function hera_internal.auth_fault(p_auth jsonb)
returns text
language sql
immutable
return case
  when p_auth ->> 'type' = 'oauth2' and not p_auth ?& array['authorize', 'token', 'scopes', 'refresh']
    then 'connector_config.auth of type oauth2 needs authorize, token, scopes and refresh'
  when p_auth ->> 'type' <> 'oauth2' and p_auth ?| array['authorize', 'token', 'scopes', 'refresh', 'token_field']
    then 'connector_config.auth has keys of oauth2 but another type'
end;
comment on function hera_internal.auth_fault(jsonb) is 'The fault of the auth part of a definition, or null.';
