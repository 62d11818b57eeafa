-- A webhook that was turned off while deliveries waited: they are recorded as disabled, never silent, and others go on.
do $$
declare
  a record := hera_test.organization('A');
  v_off uuid := hera_test.webhook(a.organization);
  v_on uuid := hera_test.webhook(a.organization);
  v_event uuid := hera_test.event(a.organization);
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_off);
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('w') c) = array[hera_test.delivery(v_event, v_on)];
  assert (select (d.status, d.reason, d.attempts) from hera.dead_letters d where d.delivery_id = hera_test.delivery(v_event, v_off))
    = ('disabled'::text, 'webhook_inactive'::text, 0::smallint);
  assert (select count(*) from hera.attempts t where t.organization_id = a.organization) = 0, 'nothing was sent, so nothing is logged';
  assert hera_webhook_deliveries_v1(a.admin, a.organization, '{"status": "disabled"}') #>> '{deliveries,0,reason}' = 'webhook_inactive';
end
$$;
rollback to clean;

-- All held back: the claim is empty and leaves no lease.
do $$
declare
  a record := hera_test.organization('A');
  v_off uuid := hera_test.webhook(a.organization);
  v_event uuid := hera_test.event(a.organization);
  v_leases int := (select count(*) from hera.outbox_leases);
begin
  update hera.webhooks set status = 'disabled' where id = v_off;
  assert (select count(*) from hera_outbox_claim_v1('w')) = 0;
  assert (select count(*) from hera.outbox_leases) = v_leases and hera_test.place(hera_test.delivery(v_event, v_off)) = 'disabled';
end
$$;
rollback to clean;

-- A retry that was held back keeps its count of attempts.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_webhook);
begin
  perform hera_test.send(500);
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_webhook);
  perform hera_test.move_clock('1 hour');
  perform hera_test.send(200);
  assert (select (d.status, d.attempts) from hera.dead_letters d where d.delivery_id = v_delivery) = ('disabled'::text, 1::smallint);
end
$$;
