-- hera_internal.secrets_of_rules: the secret fields that the verification rules and handshakes of a definition read.
create or replace function hera_internal.secrets_of_rules(p_inbound jsonb)
returns text[]
language sql
immutable
as $$
  select array(
    select v ->> 'key' from jsonb_array_elements(p_inbound -> 'verify') v
    union
    select jsonb_path_query(p_inbound, '$.handshake[*].require[*].equals_secret') #>> '{}'
    union
    select jsonb_path_query(p_inbound, '$.handshake[*].respond.hmac.key') #>> '{}');
$$;
comment on function hera_internal.secrets_of_rules(jsonb) is 'The secrets that inbound rules need.';
