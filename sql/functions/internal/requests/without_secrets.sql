-- hera_internal.without_secrets: a text from a provider that may be kept and shown: where it repeats a secret of the installation, the mask
-- stands instead. Providers do repeat what was sent, tokens and addresses above all; in JSON and in URLs it looks otherwise.
-- Errors: PT500 encryption.key_missing. A secret that can't be opened was not sent either.
create or replace function hera_internal.without_secrets(p_organization_id uuid, p_installation_id uuid, p_text text)
returns text
language plpgsql
stable
as $$
declare
  v_known constant bytea[] := hera_internal.known_keys();
  v_app_secret text;
  v_text text := p_text;
  v_secret text;
  v_form text;
begin
  if p_text is null then
    return null;
  end if;
  select hera_internal.unseal(s.sealed) into v_app_secret
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'app_secret'
    and hera_internal.sealed_with(s.sealed) = any (v_known)
  order by s.version desc limit 1;
  for v_secret in
    select hera_internal.unseal(s.sealed)
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and hera_internal.sealed_with(s.sealed) = any (v_known)
  loop
    foreach v_form in array array[v_secret, hera_internal.url_encode(v_secret), replace(v_secret, '/', '\/'),
      -- Of a secret address the path, which a request line shows; of a token its proof.
      substring(v_secret from '^https?://[^/]+/(.{6,})$'), replace(substring(v_secret from '^https?://[^/]+/(.{6,})$'), '/', '\/'),
      encode(hera_internal.hmac_sha256(convert_to(v_secret, 'UTF8'), convert_to(v_app_secret, 'UTF8')), 'hex')]
    loop
      if length(v_form) >= 4 then
        v_text := replace(v_text, v_form, hera_internal.mask(v_secret));
      end if;
    end loop;
  end loop;
  return v_text;
end
$$;
comment on function hera_internal.without_secrets(uuid, uuid, text) is 'A text with the secrets of an installation masked.';
