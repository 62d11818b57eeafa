-- Keys of calls are kept as long as those of events.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_config constant jsonb := '{"url": "https://example.com/a", "idempotency_key": "k"}';
begin
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings', '{"retention": {"idempotency_keys": 10}}'::jsonb));
  perform hera_webhook_config_v1(o, organization, 'CREATE', v_config) from (values (a.admin, a.organization), (b.admin, b.organization)) x (o, organization);
  perform hera_test.move_clock('9 days');
  perform hera_outbox_maintain_v1();
  assert (hera_webhook_config_v1(a.admin, a.organization, 'CREATE', v_config) -> 'duplicate')::boolean;
  perform hera_test.move_clock('2 days');
  perform hera_outbox_maintain_v1();
  assert not (hera_webhook_config_v1(a.admin, a.organization, 'CREATE', v_config) -> 'duplicate')::boolean;
  assert (hera_webhook_config_v1(b.admin, b.organization, 'CREATE', v_config) -> 'duplicate')::boolean, 'for ever unless said otherwise';
end
$$;
