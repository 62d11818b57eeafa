-- hera_internal.export_secrets: the secrets of an entity as they are sealed, each with what ties it to its place.
-- Errors: PT500 encryption.key_missing, encryption.key_unknown.
create or replace function hera_internal.export_secrets(p_organization_id uuid, p_entity_id uuid)
returns jsonb
language plpgsql
stable
as $$
declare
  v_secret record;
  v_secrets jsonb := jsonb '[]';
begin
  for v_secret in
    select s.*, hera_internal.secret_mac(s.organization_id, s.entity_id, s.name, s.version, s.expires_at, s.sealed) as mac
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_entity_id
      and (s.expires_at is null or s.expires_at > hera_internal.now())
    order by s.name, s.version
  loop
    if v_secret.mac is null then
      perform hera_internal.fail(500, 'encryption.key_unknown', 'A secret was sealed with a key that this session does not have.',
        'Add the older key to HERA_ENCRYPTION_KEY, or export with {"secrets": false}.');
    end if;
    v_secrets := v_secrets || jsonb_build_object('name', v_secret.name, 'version', v_secret.version,
      'sealed', translate(encode(v_secret.sealed, 'base64'), E'\n', ''), 'expires_at', v_secret.expires_at, 'mac', v_secret.mac);
  end loop;
  return v_secrets;
end
$$;
comment on function hera_internal.export_secrets(uuid, uuid) is 'The sealed secrets of an entity as JSON.';
