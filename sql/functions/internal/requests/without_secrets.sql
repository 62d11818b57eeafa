-- hera_internal.without_secrets: a text from a provider that may be kept and shown: where it repeats a secret of the installation, as it
-- is or percent-encoded, the mask stands instead. Providers do repeat what was sent, tokens above all.
-- Errors: PT500 encryption.key_missing. A secret that can't be opened was not sent either.
create or replace function hera_internal.without_secrets(p_organization_id uuid, p_installation_id uuid, p_text text)
returns text
language plpgsql
stable
as $$
declare
  v_known constant bytea[] := array(select hera_internal.key_fingerprint(k) from unnest(hera_internal.encryption_keys()) k);
  v_text text := p_text;
  v_secret text;
begin
  if p_text is null then
    return null;
  end if;
  for v_secret in
    select hera_internal.unseal(s.sealed)
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and hera_internal.sealed_with(s.sealed) = any (v_known)
  loop
    continue when length(v_secret) < 4;
    v_text := replace(replace(v_text, v_secret, hera_internal.mask(v_secret)), hera_internal.url_encode(v_secret), hera_internal.mask(v_secret));
  end loop;
  return v_text;
end
$$;
comment on function hera_internal.without_secrets(uuid, uuid, text) is 'A text with the secrets of an installation masked.';
