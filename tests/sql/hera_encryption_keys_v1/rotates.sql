-- A platform admin sees which keys seal what, and seals anew; the trail tells it, and no key is shown.
do $$
declare
  v_one constant text := current_setting('hera.encryption_key');
  v_two constant text := encode(sha256('two'), 'base64');
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"secret": "a-secret-of-our-own"}');
  v_platform constant uuid := hera_test.platform();
  v_secrets int;
  v jsonb;
begin
  v_secrets := (select count(*) from hera.secrets);
  v := hera_encryption_keys_v1(hera_test.system(), v_platform);
  assert jsonb_array_length(v -> 'keys') = 1 and v #> '{keys,0}' @> jsonb_build_object('state', 'current', 'secrets', v_secrets), v::text;

  perform set_config('hera.encryption_key', v_two || ',' || v_one, true);
  v := hera_encryption_keys_v1(hera_test.system(), v_platform);
  assert jsonb_path_query_array(v, '$.keys[*].state') = '["current", "older"]' and jsonb_path_query_array(v, '$.keys[*].secrets') = jsonb_build_array(0, v_secrets), v::text;
  assert v #>> '{keys,0,fingerprint}' ~ '^[0-9a-f]{8}$' and strpos(v::text, v_two) = 0;
  v := hera_encryption_keys_v1(hera_test.system(), v_platform, 'ROTATE');
  assert v @> jsonb_build_object('done', v_secrets, 'remaining', 0, 'unknown', 0) and v #> '{keys,0,secrets}' = to_jsonb(v_secrets), v::text;
  assert (select detail from hera.audit_log where function_name = 'hera_encryption_keys_v1' and operation = 'ROTATE')
    = jsonb_build_object('done', v_secrets, 'remaining', 0, 'unknown', 0);

  -- The older key alone knows nothing of what is sealed now.
  perform set_config('hera.encryption_key', v_one, true);
  v := hera_encryption_keys_v1(hera_test.system(), v_platform);
  assert jsonb_path_query_array(v, '$.keys[*].state') = '["current", "unknown"]', v::text;

  perform hera_test.raises(format('select hera_encryption_keys_v1(%L, %L)', a.admin, a.organization), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_encryption_keys_v1(%L, %L)', hera_test.system(), a.organization), 'PT400', 'guardrail_violation:ORG_FILTER_MISMATCH');
  perform hera_test.raises(format('select hera_encryption_keys_v1(%L, %L, ''X'')', hera_test.system(), v_platform), 'PT400', 'operation.unknown');
  perform hera_test.raises(format('select hera_encryption_keys_v1(%L, %L, ''ROTATE'', 0)', hera_test.system(), v_platform), 'PT400', 'secrets.bad_limit');
end
$$;
