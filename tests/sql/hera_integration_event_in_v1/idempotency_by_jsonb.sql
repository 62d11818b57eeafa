-- Content is compared as jsonb: 1 and 1.0 are the same, in a single call and in a batch.
do $$
declare
  a record := hera_test.organization('A');
  v_first jsonb := hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order', '{"n": 1}', p_idempotency_key => 'k');
begin
  assert hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order', '{"n": 1.0}', p_idempotency_key => 'k') ->> 'event_id'
    = v_first ->> 'event_id';
  assert hera_integration_event_batch_v1(a.admin, a.organization,
    '[{"event_source": "shop", "event_type": "order", "event_data": {"n": 1.00}, "idempotency_key": "k"}]') ->> 'duplicates' = '1';
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''order'', ''{"n": 2}'', p_idempotency_key => ''k'')',
    a.admin, a.organization), 'PT422', 'idempotency.mismatch');
end
$$;
