-- What each answer means. A delivery that gets no 2xx is never silent: it is due again or a dead letter with its reason.
do $$
declare
  v_case record;
  a record;
  v_webhook uuid;
  v_delivery uuid;
begin
  for v_case in
    select * from (values
      (200, null, 'delivered', null), (201, null, 'delivered', null), (204, null, 'delivered', null), (299, null, 'delivered', null),
      (100, null, 'scheduled', null), (301, null, 'scheduled', null), (307, null, 'scheduled', null), (400, null, 'scheduled', null), (401, null, 'scheduled', null),
      (404, null, 'scheduled', null), (429, null, 'scheduled', null), (500, null, 'scheduled', null), (503, null, 'scheduled', null), (599, null, 'scheduled', null),
      (410, null, 'dlq', 'gone'), (null, 'blocked_address', 'blocked', 'blocked_address'),
      (null, 'timeout', 'scheduled', null), (null, 'connect_failed', 'scheduled', null), (null, 'dns_failed', 'scheduled', null), (null, 'tls_failed', 'scheduled', null),
      (null, 'reset', 'scheduled', null), (null, 'bad_request', 'scheduled', null), (null, 'response_too_slow', 'scheduled', null), (null, null, 'scheduled', null)
    ) as c (status, error, place, reason)
  loop
    a := hera_test.organization('A');
    v_webhook := hera_test.webhook(a.organization);
    v_delivery := hera_test.delivery(hera_test.event(a.organization), v_webhook);
    perform hera_test.send(v_case.status, v_case.error);
    assert coalesce(hera_test.place(v_delivery), 'delivered') = v_case.place, v_case::text;
    assert (select d.reason from hera.dead_letters d where d.delivery_id = v_delivery) is not distinct from v_case.reason, v_case::text;
    assert (select (t.status_code, t.error) from hera.attempts t where t.delivery_id = v_delivery) is not distinct from (v_case.status::smallint, v_case.error), v_case::text;
    assert (select w.status from hera.webhooks w where w.id = v_webhook) = case v_case.status when 410 then 'disabled' else 'active' end, v_case::text;
    -- A log entry without an answer has no status_code field.
    assert (select count(*) from core_dynamic_data f where f.entity_id = hera_internal.attempt_id(v_delivery, 1::smallint) and f.field_name = 'status_code')
      = case when v_case.status is null then 0 else 1 end, v_case::text;
  end loop;
end
$$;
rollback to clean;

-- 410 disables the webhook: what still waits is recorded, ENABLE and replay bring it back.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_first uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  v_second uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
  c record;
begin
  select * into strict c from hera_outbox_claim_v1('w', 1) q where q.delivery_id = v_first;
  assert hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{410}', '{1}', '{gone}', '{null}', '{null}') @> '{"dlq": 1}';
  assert hera_webhook_config_v1(a.admin, a.organization, 'GET', p_webhook_id => v_webhook) #>> '{webhook,status_reason}' is not null;
  perform hera_test.send(200);
  assert hera_test.place(v_first) = 'dlq' and hera_test.place(v_second) = 'disabled';
  perform hera_test.raises(format('select hera_webhook_replay_v1(%L, %L, %L)', a.admin, a.organization, jsonb_build_object('webhook_id', v_webhook)), 'PT409', 'webhook.inactive');
  assert hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_webhook) #> '{webhook,status_reason}' = 'null';
  assert hera_webhook_replay_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_webhook)) @> '{"replayed": 2}';
  assert hera_test.send(200) @> '{"delivered": 2}';
end
$$;
