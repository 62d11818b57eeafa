-- Secrets are opened with the key that sealed them, out of the session's list. Without any key a claim fails and takes nothing.
do $$
declare
  a record := hera_test.organization('A');
  v_old constant text := current_setting('hera.encryption_key');
  v_new constant text := encode(sha256('new'), 'base64');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
begin
  perform set_config('hera.encryption_key', '', true);
  perform hera_test.raises('select * from hera_outbox_claim_v1(''w'')', 'PT500', 'encryption.key_missing');
  perform set_config('hera.encryption_key', 'x' || v_new, true);
  perform hera_test.raises('select * from hera_outbox_claim_v1(''w'')', 'PT500', 'encryption.key_malformed');
  assert hera_test.place(v_delivery) = 'ready';

  -- Newest first while keys rotate: the old one opens, the new one seals.
  perform set_config('hera.encryption_key', v_new || ',' || v_old, true);
  perform hera_test.webhook(a.organization, '{"topics": ["never"]}');
  assert (select c.delivery_id from hera_outbox_claim_v1('w') c) = v_delivery;
  assert (select array_agg(distinct substring(s.sealed for 4) = hera_internal.key_fingerprint(v_new)) from hera.secrets s where s.organization_id = a.organization) = '{f,t}';
end
$$;
