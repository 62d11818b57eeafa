-- The host's two variables: merged into the platform's settings, null takes one out, other settings stay.
do $$
begin
  perform hera_organization_v1(hera_test.system(), 'UPDATE', jsonb_build_object('id', hera_test.platform(), 'settings', '{"other": {"days": null, "x": 1}}'::jsonb));
  assert hera_platform_settings_v1('{"allow_http": true, "allowed_networks": ["127.0.0.0/8", "fd00::/8"]}')
    = '{"other": {"days": null, "x": 1}, "webhook": {"allow_http": true, "allowed_networks": ["127.0.0.0/8", "fd00::/8"]}}', hera_platform_settings_v1('{}')::text;
  assert (select o.settings #> '{webhook,allow_http}' from core_organizations o where o.id = hera_test.platform()) = 'true';
  assert hera_platform_settings_v1('{"allow_http": null}') -> 'webhook' = '{"allowed_networks": ["127.0.0.0/8", "fd00::/8"]}';
  assert hera_platform_settings_v1('{}') -> 'webhook' = '{"allowed_networks": ["127.0.0.0/8", "fd00::/8"]}', 'what is not named stays';
  assert hera_platform_settings_v1('{"allow_http": null, "allowed_networks": null}') = '{"other": {"days": null, "x": 1}}';
end
$$;
rollback to clean;

-- What is no setting is refused here and in the platform's own settings.
do $$
declare
  v_bad text;
begin
  foreach v_bad in array array['{"allow_http": "yes"}', '{"allow_http": 1}', '{"allowed_networks": "10.0.0.0/8"}', '{"allowed_networks": {}}', '{"allowed_networks": ["x"]}', '{"allowed_networks": ["10.1.2.3/8"]}',
    '{"allowed_networks": [null]}', '{"allowed_networks": [10]}', '{"allowed_networks": [["10.0.0.0/8"]]}', '{"allowed_networks": [""]}', '[]', '"x"']
  loop
    perform hera_test.raises(format('select hera_platform_settings_v1(%L)', v_bad), 'PT400', 'settings.invalid');
    perform hera_test.raises(format('select hera_organization_v1(%L, ''UPDATE'', %L)', hera_test.system(),
      jsonb_build_object('id', hera_test.platform(), 'settings', jsonb_build_object('webhook', v_bad::jsonb))), 'PT400', 'settings.invalid');
  end loop;
  perform hera_test.raises('select hera_platform_settings_v1(null)', 'PT400', 'settings.invalid');
  perform hera_test.raises('select hera_platform_settings_v1(''{"allow_https": true}'')', 'PT400', 'settings.unknown');
end
$$;
