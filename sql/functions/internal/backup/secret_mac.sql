-- hera_internal.secret_mac: ties a sealed secret in a backup to the place that it was taken from. Without it a sealed secret could be put
-- where it is opened and sent out, as a header of a webhook.
-- Keyed by the key that sealed it; null where this session does not have it.
create or replace function hera_internal.secret_mac(
  p_organization_id uuid, p_entity_id uuid, p_name text, p_version int, p_expires_at timestamptz, p_sealed bytea)
returns text
language plpgsql
stable
as $$
declare
  v_key text;
begin
  foreach v_key in array hera_internal.encryption_keys()
  loop
    if hera_internal.key_fingerprint(v_key) = hera_internal.sealed_with(p_sealed) then
      return encode(hera_internal.hmac_sha256(
        convert_to(jsonb_build_array('hera.backup', p_organization_id, p_entity_id, p_name, p_version,
          extract(epoch from p_expires_at))::text, 'UTF8') || p_sealed,
        decode(v_key, 'base64')), 'hex');
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.secret_mac(uuid, uuid, text, int, timestamptz, bytea) is 'Authenticates a secret of a backup.';
