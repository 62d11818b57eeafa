-- hera_internal.is_sealed_off: was a valid secret of the webhook sealed with a key that this session does not have?
-- Errors: PT500 encryption.key_missing, encryption.key_malformed.
create or replace function hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamptz)
returns boolean
language plpgsql
stable
as $$
declare
  v_key text;
  v_known bytea[];
begin
  foreach v_key in array hera_internal.encryption_keys()
  loop
    v_known := v_known || hera_internal.key_fingerprint(v_key);
  end loop;
  return exists (
    select from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_webhook_id
      and (s.expires_at is null or s.expires_at > p_now) and substring(s.sealed for 4) <> all (v_known));
end
$$;
grant execute on function hera_internal.is_sealed_off(uuid, uuid, timestamptz) to hera_worker_owner;
comment on function hera_internal.is_sealed_off(uuid, uuid, timestamptz) is 'True where a secret of the webhook can''t be opened here.';
