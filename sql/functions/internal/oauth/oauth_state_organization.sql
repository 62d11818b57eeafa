-- hera_internal.oauth_state_organization: the organization that a state names, or null where we have not signed it.
-- Errors: PT500 encryption.key_missing.
create or replace function hera_internal.oauth_state_organization(p_state text)
returns uuid
language plpgsql
stable
as $$
declare
  v_bytes bytea;
  v_key text;
begin
  if p_state is null or p_state !~ '^[A-Za-z0-9_-]{96}$' then
    return null;
  end if;
  v_bytes := decode(translate(p_state, '-_', '+/'), 'base64');
  foreach v_key in array hera_internal.encryption_keys()
  loop
    -- Of hashes, so that the time of the comparison tells nothing.
    if sha256(hera_internal.oauth_state_mac(substring(v_bytes for 40), v_key)) = sha256(substring(v_bytes from 41)) then
      return encode(substring(v_bytes for 16), 'hex')::uuid;
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.oauth_state_organization(text) is 'The organization of a state that is ours.';
