-- hera_internal.new_oauth_state: what the provider brings back to us: 16 bytes of the organization, 24 at random and a signature, as text.
-- Errors: PT500 encryption.key_missing.
create or replace function hera_internal.new_oauth_state(p_organization_id uuid)
returns text
language plpgsql
volatile
as $$
declare
  v_content constant bytea := uuid_send(p_organization_id)
    || substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) for 24);
begin
  return hera_internal.base64url(v_content || hera_internal.oauth_state_mac(v_content, (hera_internal.encryption_keys())[1]));
end
$$;
comment on function hera_internal.new_oauth_state(uuid) is 'A signed state for an authorization.';
