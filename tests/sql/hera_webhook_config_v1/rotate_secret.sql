-- While the overlap lasts both secrets sign, newest first; then one.
do $$
declare
  a record := hera_test.organization('A');
  v_old constant text := 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  v_new constant text := 'a-secret-of-our-own';
  v_id uuid := hera_test.webhook(a.organization, jsonb_build_object('secret', v_old));
  v jsonb;
  c record;
begin
  perform hera_test.move_clock('0');
  v := hera_webhook_config_v1(a.admin, a.organization, 'ROTATE_SECRET', jsonb_build_object('secret', v_new, 'overlap_seconds', 60), p_webhook_id => v_id);
  assert v #>> '{webhook,secret}' = v_new;
  assert (v #>> '{webhook,previous_secret_expires_at}')::timestamptz = hera_internal.now() + interval '60 s';

  for v_after in 59 .. 60 loop
    perform hera_test.move_clock(case v_after when 59 then interval '59 s' else interval '1 s' end);
    perform hera_test.event(a.organization);
    select * into strict c from hera_outbox_claim_v1('w');
    assert hera_test.credentials(c.credentials) -> 'secrets'
      = case v_after when 59 then jsonb_build_array(v_new, v_old) else jsonb_build_array(v_new) end, v_after::text;
  end loop;
  assert hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_id) #> '{webhook,previous_secret_expires_at}' = 'null';
end
$$;
rollback to clean;

-- The overlap is a day unless said otherwise; 0 ends the old secret at once, and those before it.
do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization);
  v jsonb;
begin
  perform hera_test.move_clock('0');
  v := hera_webhook_config_v1(a.admin, a.organization, 'ROTATE_SECRET', p_webhook_id => v_id);
  assert v #>> '{webhook,secret}' ~ '^whsec_';
  assert (v #>> '{webhook,previous_secret_expires_at}')::timestamptz = hera_internal.now() + interval '1 day';
  perform hera_test.move_clock('1 hour');
  perform hera_webhook_config_v1(a.admin, a.organization, 'ROTATE_SECRET', p_webhook_id => v_id);
  -- Rotating again does not prolong the life of an older secret.
  assert (select array_agg(s.expires_at - hera_internal.now() order by s.version) from hera.secrets s where s.entity_id = v_id)
    = array[interval '23 hours', interval '24 hours', null];
  perform hera_webhook_config_v1(a.admin, a.organization, 'ROTATE_SECRET', '{"overlap_seconds": 0}', p_webhook_id => v_id);
  assert (select count(*) from hera.secrets s where s.entity_id = v_id) = 1;
end
$$;
rollback to clean;

do $$
declare
  a record := hera_test.organization('A');
  v_id uuid := hera_test.webhook(a.organization);
  v_change text;
begin
  foreach v_change in array array['{"overlap_seconds": -1}', '{"overlap_seconds": 604801}', '{"overlap_seconds": "60"}', '{"secret": "short"}']
  loop
    perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''ROTATE_SECRET'', %L, p_webhook_id => %L)', a.admin, a.organization, v_change, v_id),
      'PT400', 'webhook_config.invalid');
  end loop;
end
$$;
