-- The next in line, in order; only reads.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_events uuid[] := array(select hera_test.event(a.organization) from generate_series(1, 3));
  v jsonb := hera_outbox_get_pending_v1(2);
begin
  assert jsonb_array_length(v) = 2;
  assert v -> 0 @> jsonb_build_object('id', hera_test.delivery(v_events[1], v_webhook), 'event_id', v_events[1], 'webhook_id', v_webhook, 'organization_id', a.organization,
    'status', 'pending', 'attempts', 0, 'topic', 'shop.order.paid', 'smart_code', 'HERA.INTEGRATION.EVENT.SHOP.ORDER_PAID.v1'), v::text;
  assert hera_outbox_get_pending_v1() -> 1 ->> 'event_id' = v_events[2]::text and jsonb_array_length(hera_outbox_get_pending_v1()) = 3;
  perform hera_test.raises('select hera_outbox_get_pending_v1(' || n || ')', 'PT400', 'outbox.bad_limit') from unnest(array['0', '1001', 'null', '-1']) n;
  perform hera_outbox_claim_v1('w');
  assert hera_outbox_get_pending_v1() = '[]';
end
$$;
