-- A dead letter is sent again under its old id (webhook-id) with a new set of attempts; attempt numbers go on.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 2, "initial_delay_ms": 0, "max_delay_ms": 0}}');
  v_event uuid := hera_test.event(a.organization);
  v_delivery uuid := hera_test.delivery(v_event, v_webhook);
  v_replay constant text := format('select hera_webhook_replay_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('delivery_ids', jsonb_build_array(v_delivery)));
  v_attempts int[] := '{}';
  c record;
begin
  for n in 1 .. 2 loop
    perform hera_test.send(500), hera_test.send(500);
    assert hera_test.place(v_delivery) = 'dlq';
    assert (select d.attempts from hera.dead_letters d where d.delivery_id = v_delivery) = 2 * n;
    assert hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('delivery_ids', jsonb_build_array(v_delivery)))
      = '{"success": true, "replayed": 1, "skipped": 0}';
    -- Twice is once: it is no dead letter any more.
    perform hera_test.raises(v_replay, 'PT404', 'not_found');
    perform hera_test.check_invariants();
  end loop;
  select * into strict c from hera_outbox_claim_v1('w');
  assert c.delivery_id = v_delivery and c.attempt = 5;
  perform hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{200}', '{1}', '{ok}', '{null}', '{null}');
  assert (select array_agg(t.attempt order by t.attempt) from hera.attempts t where t.delivery_id = v_delivery) = '{1,2,3,4,5}';
  assert (select count(*) from hera.audit_log l where l.organization_id = a.organization and l.function_name = 'hera_webhook_replay_v1' and l.actor_user_id = a.admin) = 2;
  -- Delivered: nothing to replay.
  perform hera_test.raises(v_replay, 'PT404', 'not_found');
end
$$;
rollback to clean;

-- By webhook: all its dead letters and no other's. Ids of all kinds together: those that are none are skipped.
do $$
declare
  a record := hera_test.organization('A');
  v_one uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
  v_two uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
begin
  perform hera_test.event(a.organization) from generate_series(1, 3);
  assert hera_test.send(500) @> '{"dlq": 6}';
  assert hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_one)) = '{"success": true, "replayed": 3, "skipped": 0}';
  assert hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_one)) = '{"success": true, "replayed": 0, "skipped": 0}';
  assert (select count(*) from hera.dead_letters d where d.organization_id = a.organization and hera_internal.delivery_webhook_no(d.delivery_id) = 2) = 3;
  assert hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('delivery_ids',
    (select jsonb_agg(d.delivery_id) from hera.dead_letters d where d.organization_id = a.organization) || jsonb_build_array(gen_random_uuid())))
    = '{"success": true, "replayed": 3, "skipped": 1}';
end
$$;
rollback to clean;

-- Another organization's is not found, and stays as it is; an inactive webhook's is refused.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(b.organization, '{"retry_policy": {"max_attempts": 1}}');
  v_delivery uuid := hera_test.delivery(hera_test.event(b.organization), v_webhook);
begin
  perform hera_test.send(500);
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('delivery_ids', jsonb_build_array(v_delivery))), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('webhook_id', v_webhook)), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, %L)', a.admin, b.organization, jsonb_build_object('webhook_id', v_webhook)), 'PT403', 'actor_not_member');
  assert hera_test.place(v_delivery) = 'dlq';
  perform hera_webhook_config_v1(b.admin, b.organization, 'DELETE', p_webhook_id => v_webhook);
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, %L)', b.admin, b.organization, jsonb_build_object('delivery_ids', jsonb_build_array(v_delivery))), 'PT409', 'webhook.inactive');
end
$$;
rollback to clean;

-- What the argument may be, and who may call.
do $$
declare
  a record := hera_test.organization('A');
  v_member uuid := hera_test.member(a.organization);
  v_call constant text := format('select hera_webhook_replay_v1(%L, %L, ', a.admin, a.organization) || '%L)';
  v_bad text;
begin
  foreach v_bad in array array['{}', '{"delivery_ids": []}', '{"delivery_ids": "x"}', '{"delivery_ids": {}}', '{"webhook_id": null}', '[]', '"x"',
    format('{"webhook_id": "%s", "delivery_ids": ["%s"]}', gen_random_uuid(), gen_random_uuid()),
    (select jsonb_build_object('delivery_ids', jsonb_agg(gen_random_uuid())) from generate_series(1, 1001))::text]
  loop
    perform hera_test.raises(format(v_call, v_bad), 'PT400', 'replay.invalid');
  end loop;
  perform hera_test.raises(format(v_call, null::text), 'PT400', 'replay.invalid');
  perform hera_test.raises(format(v_call, '{"all": true}'), 'PT400', 'replay.unknown');
  perform hera_test.raises(format(v_call, '{"delivery_ids": ["x"]}'), 'PT400', 'field.invalid');
  perform hera_test.raises(format(v_call, '{"webhook_id": "x"}'), 'PT400', 'field.invalid');
  perform hera_test.raises(format(v_call, format('{"delivery_ids": ["%s"]}', gen_random_uuid())), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, ''{}'')', v_member, a.organization), 'PT403', 'permission_denied');
end
$$;
