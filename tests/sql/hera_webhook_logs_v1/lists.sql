-- Every attempt, newest delivery first and newest attempt first; narrowed by webhook, event, delivery and status.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_one uuid := hera_test.webhook(a.organization);
  v_two uuid := hera_test.webhook(a.organization);
  v_event uuid := hera_test.event(a.organization);
  v_delivery uuid := hera_test.delivery(v_event, v_one);
  v jsonb;
begin
  perform hera_test.webhook(b.organization);
  perform hera_test.event(b.organization);
  perform hera_test.move_clock('0');
  perform hera_test.send(null, 'timeout');
  perform hera_test.move_clock('1 hour');
  perform hera_test.send(200);
  v := hera_webhook_logs_v1(a.admin, a.organization);
  assert jsonb_array_length(v -> 'logs') = 4 and v -> 'next_cursor' = 'null';
  assert (select array_agg(l ->> 'id' order by n) from jsonb_array_elements(v -> 'logs') with ordinality x (l, n)) = (select array_agg(l ->> 'id' order by l ->> 'id' desc) from jsonb_array_elements(v -> 'logs') l);
  v := hera_webhook_logs_v1(a.admin, a.organization, jsonb_build_object('delivery_id', v_delivery));
  assert v #> '{logs,0}' @> jsonb_build_object('id', hera_internal.attempt_id(v_delivery, 2::smallint), 'delivery_id', v_delivery, 'event_id', v_event, 'webhook_id', v_one, 'attempt', 2,
    'status', 'delivered', 'status_code', 200, 'error', null, 'response_body', 'answer', 'duration_ms', 7), v::text;
  assert v #> '{logs,1}' @> '{"attempt": 1, "status": "failed", "status_code": null, "error": "timeout"}' and jsonb_array_length(v -> 'logs') = 2;
  assert jsonb_array_length(hera_webhook_logs_v1(a.admin, a.organization, jsonb_build_object('webhook_id', v_two)) -> 'logs') = 2;
  assert jsonb_array_length(hera_webhook_logs_v1(a.admin, a.organization, jsonb_build_object('event_id', v_event)) -> 'logs') = 4;
  assert jsonb_array_length(hera_webhook_logs_v1(a.admin, a.organization, jsonb_build_object('event_id', gen_random_uuid())) -> 'logs') = 0;
  assert jsonb_path_query_array(hera_webhook_logs_v1(a.admin, a.organization, '{"status": "delivered"}'), '$.logs[*].status_code') = '[200, 200]';
  assert jsonb_path_query_array(hera_webhook_logs_v1(a.admin, a.organization, '{"status": "failed"}'), '$.logs[*].error') = '["timeout", "timeout"]';
  -- Pages of one hold each attempt once.
  v := '{"next_cursor": null}';
  for n in 1 .. 4 loop
    v := hera_webhook_logs_v1(a.admin, a.organization, jsonb_build_object('limit', 1, 'cursor', v -> 'next_cursor'));
    assert jsonb_array_length(v -> 'logs') = 1 and v ->> 'next_cursor' = v #>> '{logs,0,id}', n::text;
  end loop;
  assert hera_webhook_logs_v1(a.admin, a.organization, jsonb_build_object('limit', 1, 'cursor', v -> 'next_cursor')) -> 'logs' = '[]';
end
$$;
