-- hera_internal.new_api_key: the text of a new API key: hera_<prefix>_<random>, 244 random bits behind a prefix that may be shown.
create or replace function hera_internal.new_api_key()
returns text
language sql
volatile
return 'hera_' || substring(replace(gen_random_uuid()::text, '-', '') from 21)
  || '_' || translate(encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'base64'), '+/=', '-_');
comment on function hera_internal.new_api_key() is 'A new API key.';
