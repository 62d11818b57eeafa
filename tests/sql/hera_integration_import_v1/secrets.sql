-- A key that is not there: refused with a remedy, or the secrets are left out and have to be entered again.
do $$
declare
  v_key constant text := current_setting('hera.encryption_key');
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"secret": "a-secret-of-our-own", "headers": {"X-One": "abcdefghijkl"}}', null);
  v_install uuid := hera_test.installation(a.organization, 'hubspot-crm', '{}', '{"client_secret": "shhh-it-is-one"}');
  v_document jsonb := hera_integration_export_v1(a.admin, a.organization);
  v_call constant text := 'select hera_integration_import_v1(%L, %L, %L, %L)';
  v jsonb;
  v_new uuid;
begin
  perform set_config('hera.encryption_key', encode(sha256('two'), 'base64'), true);
  perform hera_test.raises(format(v_call, b.admin, b.organization, v_document, '{}'), 'PT409', 'import.key_unknown');
  assert not exists (select from hera.webhooks w where w.organization_id = b.organization);
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L)', a.admin, a.organization), 'PT500', 'encryption.key_unknown');

  v := hera_integration_import_v1(b.admin, b.organization, v_document, '{"unknown_keys": "skip"}');
  assert (select jsonb_object_agg(o ->> 'type', o -> 'secrets_missing') from jsonb_array_elements(v -> 'objects') o)
    = '{"installation": ["client_secret"], "webhook": ["headers", "signing"]}', v::text;
  assert (select e.status from hera.core_entities e where e.organization_id = b.organization and e.entity_code = 'hubspot-crm') = 'reauth_required';
  assert (select array_agg(s.name) from hera.secrets s where s.organization_id = b.organization) = array['signing'];
  assert hera_integration_import_v1(b.admin, b.organization, v_document, '{"unknown_keys": "skip"}') @> '{"created": 0, "updated": 0}';

  -- A document without secrets is the same case.
  perform set_config('hera.encryption_key', v_key, true);
  v := hera_integration_export_v1(a.admin, a.organization, '{"secrets": false}');
  assert not jsonb_path_exists(v, '$.**.sealed');
  perform set_config('hera.encryption_key', '', true);
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L)', a.admin, a.organization), 'PT500', 'encryption.key_missing');
  perform hera_integration_export_v1(a.admin, a.organization, '{"secrets": false}');
  perform set_config('hera.encryption_key', v_key, true);
end
$$;

-- A sealed secret can't be moved to where it would be sent out, nor to another organization, nor be given another life.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"secret": "a-secret-of-our-own", "headers": {"X-One": "abcdefghijkl"}}', null);
  v_install uuid := hera_test.installation(a.organization, 'hubspot-crm', '{}', '{"client_secret": "{\"X-Stolen\": \"it\"}"}');
  v_document jsonb := hera_integration_export_v1(a.admin, a.organization);
  v_own jsonb := v_document #> '{organizations,0,webhooks,0,secrets,0}';
  v_stolen jsonb := v_document #> '{organizations,0,installations,0,secrets,0}';
  v_secret jsonb;
begin
  assert v_own ->> 'name' = 'headers';
  foreach v_secret in array array[
    v_stolen || '{"name": "headers"}',
    v_own || jsonb_build_object('sealed', v_stolen -> 'sealed'),
    v_own || jsonb_build_object('sealed', v_stolen -> 'sealed', 'mac', v_stolen -> 'mac'),
    v_document #> '{organizations,0,webhooks,0,secrets,1}' || '{"name": "headers"}', v_own || '{"version": 7}', v_own || '{"expires_at": "2100-01-01T00:00:00Z"}', v_own - 'mac', v_own || '{"mac": ""}']
  loop
    perform hera_test.raises(format('select hera_integration_import_v1(%L, %L, %L)', a.admin, a.organization,
      jsonb_set(v_document, '{organizations,0,webhooks,0,secrets,0}', v_secret)), 'PT409', 'import.secret_altered');
  end loop;
  -- The document of A under the name of B.
  perform hera_test.raises(format('select hera_integration_import_v1(%L, %L, %L)', b.admin, b.organization,
    jsonb_set(v_document, '{organizations,0,id}', to_jsonb(b.organization))), 'PT409', 'import.secret_altered');
end
$$;
