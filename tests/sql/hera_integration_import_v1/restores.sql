-- Back home: restoring changes nothing while nothing has changed, and brings back what has.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization,
    '{"secret": "a-secret-of-our-own", "headers": {"Authorization": "Bearer abcdefghijkl"}, "topics": ["a.*"], "filter": "$.n > 1", "ordering": "fifo"}');
  v_off uuid := hera_test.webhook(a.organization);
  v_install uuid := hera_test.installation(a.organization, 'hubspot-crm', '{"client_id": "x"}', '{"client_secret": "shhh-it-is-one"}');
  v_bound uuid := hera_test.webhook(a.organization, '{}', 'hubspot-crm');
  v_document jsonb;
  v_before jsonb;
  v jsonb;
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_off);
  v_document := hera_integration_export_v1(a.admin, a.organization);
  assert v_document ->> 'format' = 'hera.integrations.v1' and jsonb_array_length(v_document -> 'organizations') = 1;
  assert v_document::text !~ 'a-secret-of-our-own|abcdefghijkl|shhh';
  v_before := hera_test.integrations(a.organization);
  for i in 1 .. 2 loop
    v := hera_integration_import_v1(a.admin, a.organization, v_document);
    assert v @> '{"success": true, "created": 0, "updated": 0, "unchanged": 4}', v::text;
    assert hera_test.integrations(a.organization) = v_before;
  end loop;
  -- Sealing anew with a newer key is no change.
  perform set_config('hera.encryption_key', encode(sha256('two'), 'base64') || ',' || current_setting('hera.encryption_key'), true);
  perform hera_secret_rotate_v1();
  assert hera_integration_import_v1(a.admin, a.organization, v_document) @> '{"updated": 0, "unchanged": 4}';

  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"topics": ["b.*"], "headers": {"X-New": "1"}}', p_webhook_id => v_hook);
  perform hera_webhook_config_v1(a.admin, a.organization, 'ROTATE_SECRET', p_webhook_id => v_hook);
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_off);
  update hera.core_entities set status = 'paused', entity_name = 'Other' where id = v_install;
  v := hera_integration_import_v1(a.admin, a.organization, v_document);
  assert v @> '{"created": 0, "updated": 3, "unchanged": 1}', v::text;
  assert hera_test.integrations(a.organization) = v_before;
  assert hera_integration_import_v1(a.admin, a.organization, v_document) @> '{"updated": 0, "unchanged": 4}';
  perform hera_test.check_invariants();
end
$$;

-- The channel of an installation comes home under its number, after the webhooks; elsewhere under a new one, and closed as the installation is.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_document jsonb;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('WithCalls') o;
  v_id := hera_test.zapier(v_admin, v_org);
  v_document := hera_integration_export_v1(v_admin, v_org);
  assert v_document #>> '{organizations,0,installations,0,channel_no}' = '1' and v_document #> '{organizations,0,webhooks}' = '[]';
  delete from hera.webhooks w where w.organization_id = v_org;
  assert hera_integration_import_v1(v_admin, v_org, v_document) @> '{"created": 0, "unchanged": 1}';
  assert (select w.kind = 'channel' and w.webhook_no = 1 and w.status = 'active' and w.id = v_id from hera.webhooks w where w.organization_id = v_org);
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Elsewhere') o;
  perform hera_test.webhook(v_org);
  perform hera_integration_import_v1(v_admin, v_org, v_document);
  assert (select w.webhook_no = 2 and w.status = 'active' from hera.webhooks w where w.organization_id = v_org and w.kind = 'channel');
end
$$;
