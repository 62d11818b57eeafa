-- CREATE under a key makes one job, and replaying dead letters at once under a key sends once.
do $$
declare
  a record := hera_test.organization('A');
  v_hook uuid := hera_test.webhook(a.organization, '{"retry_policy": {"max_attempts": 1}}');
  v_call jsonb := jsonb_build_object('webhook_id', v_hook, 'dead_letters', true, 'idempotency_key', 'k');
  v_now jsonb := jsonb_build_object('webhook_id', v_hook, 'idempotency_key', 'k');
  v_first jsonb;
begin
  perform hera_test.event(a.organization);
  perform hera_test.send(500);
  v_first := hera_replay_job_v1(a.admin, a.organization, 'CREATE', v_call);
  assert v_first -> 'duplicate' = 'false';
  assert hera_replay_job_v1(a.admin, a.organization, 'CREATE', v_call) = v_first || '{"duplicate": true}';
  assert jsonb_array_length(hera_replay_job_v1(a.admin, a.organization) -> 'replays') = 1;
  perform hera_test.raises(format('select hera_replay_job_v1(%L, %L, ''CREATE'', %L)', a.admin, a.organization, v_call || '{"per_second": 1}'), 'PT422', 'idempotency.mismatch');
  assert not hera_replay_job_v1(a.admin, a.organization, 'COUNT', v_call) ? 'duplicate';
  perform hera_replay_job_v1(a.admin, a.organization, 'CANCEL', jsonb_build_object('id', v_first #> '{replay,id}'));

  v_first := hera_webhook_replay_v1(a.admin, a.organization, v_now);
  assert v_first = '{"success": true, "replayed": 1, "skipped": 0, "duplicate": false}', v_first::text;
  perform hera_test.send(500);
  assert hera_webhook_replay_v1(a.admin, a.organization, v_now) = v_first || '{"duplicate": true}';
  assert (select count(*) from hera.outbox_ready r where r.organization_id = a.organization) = 0, 'the dead letter that it became again stays';
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, %L)', a.admin, a.organization,
    jsonb_build_object('delivery_ids', array[gen_random_uuid()], 'idempotency_key', 'k')), 'PT422', 'idempotency.mismatch');
end
$$;
