-- The sender's policy as data: by default nothing private, and no plain http.
do $$
declare
  v jsonb := hera_outbox_settings_v1();
  v_address text;
begin
  assert v -> 'allow_http' = 'false' and v -> 'allowed_networks' = '[]';
  foreach v_address in array array['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1',
    '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1', '2002:a00:1::', '3fff::1',
    'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '5f00::1']
  loop
    assert exists (select from jsonb_array_elements_text(v -> 'blocked_networks') n where v_address::inet <<= n::cidr), v_address;
  end loop;
  foreach v_address in array array['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '223.255.255.255',
    '2600::1', '2a00:1450:4001::1', '2001:4860:4860::8888']
  loop
    assert not exists (select from jsonb_array_elements_text(v -> 'blocked_networks') n where v_address::inet <<= n::cidr), v_address;
  end loop;
  perform hera_platform_settings_v1('{"allow_http": true, "allowed_networks": ["10.1.0.0/16", "127.0.0.1/32"]}');
  assert hera_outbox_settings_v1() @> '{"allow_http": true, "allowed_networks": ["10.1.0.0/16", "127.0.0.1/32"]}';
end
$$;
rollback to clean;

-- What the platform allows, webhooks may use: a network, a single address, plain http.
do $$
declare
  a record := hera_test.organization('A');
  v_call constant text := format('select hera_test.webhook(%L, ''{"url": "%%s"}'')', a.organization);
begin
  perform hera_test.raises(format(v_call, 'http://example.com/'), 'PT400', 'webhook_config.invalid');
  perform hera_platform_settings_v1('{"allow_http": true, "allowed_networks": ["10.1.0.0/16", "127.0.0.1/32", "fd00::1"]}');
  execute format(v_call, 'http://example.com/');
  execute format(v_call, 'http://10.1.2.3:8080/x');
  execute format(v_call, 'http://127.0.0.1/x');
  execute format(v_call, 'http://localhost:3000/x');
  execute format(v_call, 'https://[fd00::1]/x');
  execute format(v_call, 'https://receiver/x');
  perform hera_test.raises(format(v_call, 'http://10.2.0.1/'), 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(format(v_call, 'http://127.0.0.2/'), 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(format(v_call, 'https://[fd00::2]/'), 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(format(v_call, 'https://169.254.169.254/'), 'PT400', 'webhook_config.invalid');
end
$$;
