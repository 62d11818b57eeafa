-- hera_internal.secret_names_fault: a place of a definition that needs a secret and names no secret field of it, or null.
create or replace function hera_internal.secret_names_fault(p_config jsonb)
returns text
language sql
immutable
as $$
  select format('connector_config.%s names %s, which is no secret field of the definition', p.path, p.name)
  from (
    select 'auth.token_field', p_config #>> '{auth,token_field}'
    union all
    select 'inbound.verify', v ->> 'key' from jsonb_array_elements(p_config #> '{inbound,verify}') v
    union all
    select 'inbound.handshake', jsonb_path_query(p_config, '$.inbound.handshake[*].require[*].equals_secret') #>> '{}'
    union all
    select 'inbound.handshake', jsonb_path_query(p_config, '$.inbound.handshake[*].respond.hmac.key') #>> '{}') p (path, name)
  where p.name is not null
    and not p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', p.name, 'secret', true))
  limit 1;
$$;
comment on function hera_internal.secret_names_fault(jsonb) is 'The fault of the secrets that a definition names, or null.';
