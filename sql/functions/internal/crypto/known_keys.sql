-- hera_internal.known_keys: the fingerprints of this session's keys, by which a sealed secret tells whether it can be opened here.
-- Errors: PT500 encryption.key_missing, encryption.key_malformed.
create or replace function hera_internal.known_keys()
returns bytea[]
language plpgsql
stable
as $$
begin
  return array(select hera_internal.key_fingerprint(k) from unnest(hera_internal.encryption_keys()) k);
end
$$;
grant execute on function hera_internal.known_keys() to hera_worker_owner;
comment on function hera_internal.known_keys() is 'The fingerprints of the encryption keys of this session.';
