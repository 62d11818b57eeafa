-- A call of which nobody knew what became of it is settled by what the provider tells later; no other is.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_other_org uuid;
  v_other_admin uuid;
  v_other_id uuid;
  v_config jsonb;
  v_call uuid;
  v_status jsonb;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Reconciled') o;
  v_id := hera_test.whatsapp(v_admin, v_org);
  v_config := hera_internal.installed_definition(v_org, v_id);
  select o.organization, o.admin into v_other_org, v_other_admin from hera_test.organization('OtherReconciled') o;
  v_other_id := hera_test.whatsapp(v_other_admin, v_other_org);

  v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1650", "body": "hi"}');
  v_status := jsonb_build_object('id', 'wamid.A1', 'status', 'sent', 'biz_opaque_callback_data', v_call);
  assert not hera_internal.reconcile_event(v_org, v_id, v_config, 'status_update', v_status), 'not while it is under way';
  perform hera_test.answer(null, null, 'timeout');
  perform hera_internal.set_tenant(v_other_org);
  assert not hera_internal.reconcile_event(v_other_org, v_other_id, v_config, 'status_update', v_status), 'not by another organization';
  assert not hera_internal.reconcile_event(v_org, v_other_id, v_config, 'status_update', v_status), 'not by another installation';
  assert not hera_internal.reconcile_event(v_org, v_id, v_config, 'message_received', v_status), 'not by an event that tells of no call';
  assert not hera_internal.reconcile_event(v_org, v_id, v_config, 'status_update', v_status - 'biz_opaque_callback_data')
    and not hera_internal.reconcile_event(v_org, v_id, v_config, 'status_update', v_status || '{"biz_opaque_callback_data": "7"}');
  assert hera_test.place(v_call) = 'dlq';
  perform hera_test.move_clock('1 second');

  assert hera_internal.reconcile_event(v_org, v_id, v_config, 'status_update', v_status);
  assert hera_test.place(v_call) is null and hera_test.outcome(v_call) @> '{"type": "action.send_text.succeeded", "result": {"message_id": "wamid.A1", "reconciled": true}}';
  assert (select d.status = 'delivered' from hera_internal.deliveries_between(v_org, v_call, v_call, null, null, 10) d);
  assert not hera_internal.reconcile_event(v_org, v_id, v_config, 'message_delivered', v_status), 'once';

  v_call := hera_test.call(v_admin, v_org, 'whatsapp-business-cloud', 'send_text', '{"to": "1651", "body": "hi"}');
  perform hera_test.move_clock('1 second');
  perform hera_test.answer(null, null, 'reset');
  perform hera_test.move_clock('1 second');
  assert hera_internal.reconcile_event(v_org, v_id, v_config, 'status_update', jsonb_build_object('id', 'wamid.A2', 'status', 'failed', 'biz_opaque_callback_data', v_call));
  assert hera_test.outcome(v_call) @> '{"type": "action.send_text.failed", "error": {"code": "reconciled_failed"}}'
    and (select d.reason = 'reconciled_failed' from hera.dead_letters d where d.delivery_id = v_call);
  perform hera_test.check_invariants();
end
$$;
