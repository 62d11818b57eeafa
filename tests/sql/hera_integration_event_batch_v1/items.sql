-- Good items are accepted, bad ones answered in their place, and one bad item harms no other.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
begin
  perform hera_test.webhook(a.organization, '{"topics": ["shop.*"]}');
  perform hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"n": 1}', null, 'old');
  v := hera_integration_event_batch_v1(a.admin, a.organization, '[
    {"event_source": "shop", "event_type": "paid", "event_data": {"n": 1}, "idempotency_key": "k1", "smart_code": "HERA.SHOP.PAID.v1"},
    {"event_source": "shop", "event_type": "paid", "event_data": {"n": 1}, "idempotency_key": "k1"},
    {"event_source": "shop", "event_type": "paid", "event_data": {"n": 2}, "idempotency_key": "k1"},
    {"event_source": "shop", "event_type": "paid", "event_data": {"n": 1}, "idempotency_key": "old"},
    {"event_source": "shop", "event_type": "paid", "event_data": {"n": 9}, "idempotency_key": "old"},
    {"event_source": "crm", "event_type": "lead"},
    {"event_type": "paid"},
    {"event_source": "shop", "event_type": "p q"},
    {"event_source": "shop", "event_type": "paid", "event_data": 5},
    {"event_source": "shop", "event_type": "paid", "event_data": null},
    {"event_source": "shop", "event_type": "paid", "smart_code": "x"},
    {"event_source": "shop", "event_type": "paid", "connector_code": "no-such"},
    {"event_source": "shop", "event_type": "paid", "colour": "red"},
    {"event_source": 5, "event_type": "paid"},
    {"event_source": "shop", "event_type": "paid", "options": {"x": 1}},
    7, "x", null, [1],
    {"event_source": "shop", "event_type": "last", "options": {}, "idempotency_key": null}
  ]');
  assert v @> '{"success": false, "accepted": 3, "duplicates": 2, "failed": 15}', (v - 'results')::text;
  assert (select array_agg((r ->> 'index')::int order by n) from jsonb_array_elements(v -> 'results') with ordinality x (r, n))
    = (select array_agg(i) from generate_series(0, 19) i);
  assert (select jsonb_agg(coalesce(r ->> 'error', case when (r ->> 'duplicate')::boolean then 'dup' else 'ok ' || (r ->> 'deliveries') end) order by n)
    from jsonb_array_elements(v -> 'results') with ordinality x (r, n))
    = '["ok 1", "dup", "idempotency.mismatch", "dup", "idempotency.mismatch", "ok 0", "event.invalid", "event.invalid", "event.invalid", "event.invalid",
      "guardrail_violation:SMARTCODE_REGEX_FAIL", "connector.unknown", "event.invalid", "event.invalid", "event.invalid", "event.invalid", "event.invalid",
      "event.invalid", "event.invalid", "ok 1"]', (v -> 'results')::text;
  assert v #>> '{results,1,event_id}' = v #>> '{results,0,event_id}';
  -- A fault names its field.
  assert (select jsonb_agg(r -> 'field' order by n) from jsonb_array_elements(v -> 'results') with ordinality x (r, n) where r ? 'error')
    = '["idempotency_key", "idempotency_key", "event_source", "event_type", "event_data", "event_data", "smart_code", "connector_code", "colour",
      "event_source", "options", "events", "events", "events", "events"]', (v -> 'results')::text;
  assert (select count(*) from hera.events where organization_id = a.organization) = 4;
  assert (select count(*) from hera.outbox_ready where organization_id = a.organization) = 3;
end
$$;
rollback to clean;

-- All good: success is true. Each event is the same as by the single call.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb := hera_integration_event_batch_v1(a.admin, a.organization, '[{"event_source": "whatsapp-business-cloud", "event_type": "message_received",
    "event_data": {"x": 1}, "connector_code": "whatsapp-business-cloud", "idempotency_key": "k"}]');
begin
  assert v @> '{"success": true, "accepted": 1, "duplicates": 0, "failed": 0}';
  assert v #> '{results,0}' @> '{"index": 0, "success": true, "duplicate": false, "connector_installed": false, "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1"}';
  assert hera_integration_event_in_v1(a.admin, a.organization, 'whatsapp-business-cloud', 'message_received', '{"x": 1}', 'whatsapp-business-cloud', 'k')
    @> jsonb_build_object('duplicate', true, 'event_id', v #> '{results,0,event_id}');
end
$$;
