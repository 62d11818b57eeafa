-- Secrets go over to the newest key in batches; what signs stays the same; unknown keys are told of and left alone.
do $$
declare
  v_one constant text := current_setting('hera.encryption_key');
  v_two constant text := encode(sha256('two'), 'base64');
  v_three constant text := encode(sha256('three'), 'base64');
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(a.organization, '{"secret": "a-secret-of-our-own", "headers": {"Authorization": "Bearer abcdefghijkl"}}');
  v_before int;
  v jsonb;
begin
  perform hera_test.webhook(b.organization);
  v := hera_secret_rotate_v1();
  assert v = '{"success": true, "done": 0, "remaining": 0, "unknown": 0}', v::text;
  v_before := (select count(*) from hera.secrets);
  create temp table before on commit drop as select * from hera.secrets;

  perform set_config('hera.encryption_key', v_two || ',' || v_one, true);
  v := hera_secret_rotate_v1(1);
  assert v = jsonb_build_object('success', true, 'done', 1, 'remaining', v_before - 1, 'unknown', 0), v::text;
  v := hera_secret_rotate_v1();
  assert v = jsonb_build_object('success', true, 'done', v_before - 1, 'remaining', 0, 'unknown', 0), v::text;
  assert (select count(*) from before o join hera.secrets n using (organization_id, entity_id, name, version)
    where n.sealed <> o.sealed and n.hint = o.hint and n.created_at = o.created_at and n.expires_at is not distinct from o.expires_at) = v_before;

  -- The older key is not needed any more.
  perform set_config('hera.encryption_key', v_two, true);
  assert hera_test.credentials(hera_internal.webhook_credentials(a.organization, v_hook, hera_internal.now()))
    = '{"secrets": ["a-secret-of-our-own"], "headers": {"Authorization": "Bearer abcdefghijkl"}}';

  perform set_config('hera.encryption_key', v_three || ',' || v_one, true);
  v := hera_secret_rotate_v1();
  assert v = jsonb_build_object('success', true, 'done', 0, 'remaining', 0, 'unknown', v_before), v::text;

  perform hera_test.raises('select hera_secret_rotate_v1(0)', 'PT400', 'secrets.bad_limit');
  perform set_config('hera.encryption_key', '', true);
  perform hera_test.raises('select hera_secret_rotate_v1()', 'PT500', 'encryption.key_missing');
  perform set_config('hera.encryption_key', 'short', true);
  perform hera_test.raises('select hera_secret_rotate_v1()', 'PT500', 'encryption.key_malformed');
end
$$;
