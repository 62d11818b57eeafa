-- hera_internal.encryption_keys: the keys of this session, newest first.
-- They come from the session setting hera.encryption_key and are stored nowhere.
-- Errors: PT500 encryption.key_missing, encryption.key_malformed.
create or replace function hera_internal.encryption_keys()
returns text[]
language plpgsql
stable
as $$
declare
  v_keys text[] := string_to_array(nullif(current_setting('hera.encryption_key', true), ''), ',');
  v_key text;
begin
  if v_keys is null then
    perform hera_internal.fail(500, 'encryption.key_missing', 'This session has no encryption key.',
      'Start the host with HERA_ENCRYPTION_KEY, or psql with PGOPTIONS=''-c hera.encryption_key=…''; a literal SET would be logged.');
  end if;
  foreach v_key in array v_keys
  loop
    if v_key !~ '^[A-Za-z0-9+/]{43}=$' then
      perform hera_internal.fail(500, 'encryption.key_malformed', 'An encryption key is not base64 of 32 bytes.',
        'Make one with: openssl rand -base64 32');
    end if;
  end loop;
  return v_keys;
end
$$;
grant execute on function hera_internal.encryption_keys() to hera_worker_owner;
comment on function hera_internal.encryption_keys() is 'The encryption keys of this session, newest first.';
