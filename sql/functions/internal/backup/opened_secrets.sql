-- hera_internal.opened_secrets: the secrets of one thing in a backup, checked and opened: {name: [{version, secret, expires_at}]}, without
-- those that are over. A name whose key this session does not have is left out where p_skip_unknown, else refused.
-- Errors: PT400 document.invalid; PT409 import.key_unknown, import.secret_altered; PT500 encryption.key_missing.
create or replace function hera_internal.opened_secrets(p_source_id uuid, p_entity_id uuid, p_secrets jsonb, p_skip_unknown boolean)
returns jsonb
language plpgsql
stable
as $$
declare
  v_secret record;
  v_sealed bytea;
  v_mac text;
  v_opened jsonb := jsonb '{}';
begin
  for v_secret in
    select s.*
    from jsonb_to_recordset(p_secrets) as s (name text, version int, sealed text, expires_at timestamptz, mac text)
    order by s.name, s.version
  loop
    continue when v_secret.expires_at <= hera_internal.now();
    v_sealed := decode(v_secret.sealed, 'base64');
    v_mac := hera_internal.secret_mac(p_source_id, p_entity_id, v_secret.name, v_secret.version, v_secret.expires_at, v_sealed);
    continue when v_mac is null and p_skip_unknown;
    if v_mac is null then
      perform hera_internal.fail(409, 'import.key_unknown',
        'The secrets of the document were sealed with a key that this session does not have.',
        'Add that key to HERA_ENCRYPTION_KEY, or import with {"unknown_keys": "skip"} and enter the secrets again.');
    elsif v_mac is distinct from v_secret.mac then
      perform hera_internal.fail(409, 'import.secret_altered',
        format('The secret %s of %s is not as it was exported.', left(v_secret.name, 100), p_entity_id),
        'Use the document as hera_integration_export_v1 answered it.');
    end if;
    v_opened := v_opened || jsonb_build_object(v_secret.name, coalesce(v_opened -> v_secret.name, '[]') || jsonb_build_object(
      'version', v_secret.version, 'secret', hera_internal.unseal(v_sealed), 'expires_at', v_secret.expires_at));
  end loop;
  return v_opened;
end
$$;
comment on function hera_internal.opened_secrets(uuid, uuid, jsonb, boolean) is 'Opens the secrets of a backup.';
