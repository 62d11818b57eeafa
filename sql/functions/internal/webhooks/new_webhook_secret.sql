-- hera_internal.new_webhook_secret: whsec_ and base64 of 24 random bytes (Standard Webhooks 1.0.0).
create or replace function hera_internal.new_webhook_secret()
returns text
language sql
volatile
return 'whsec_' || encode(substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) for 24), 'base64');
comment on function hera_internal.new_webhook_secret() is 'A new webhook secret.';
