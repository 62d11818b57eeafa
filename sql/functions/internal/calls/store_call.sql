-- hera_internal.store_call: a call of a provider as an event <connector>.action.<code> whose data is the input, and its delivery on the
-- installation's channel. It goes to no webhook: its result does.
-- Answers {success, event_id, delivery_id, status, duplicate, …} or the fault, as hera_internal.accept_event does.
-- Writes: idempotency_keys, events, outbox_ready or outbox_scheduled, call_slots.
create or replace function hera_internal.store_call(
  p_actor_user_id uuid, p_organization_id uuid, p_channel hera.webhooks, p_config jsonb, p_action text, p_input jsonb, p_key text,
  p_traceparent text default null)
returns jsonb
language plpgsql
as $$
declare
  v_code constant text := p_channel.connector_code;
  v_type constant text := 'action.' || p_action;
  v_smart_code constant text := 'HERA.INTEGRATION.CALL.' || hera_internal.smart_code_segment(v_code) || '.'
    || hera_internal.smart_code_segment(p_action) || '.v1';
  v_now constant timestamptz := hera_internal.now();
  v_id uuid := hera_internal.new_id(v_now);
  v_delivery_id uuid := hera_internal.delivery_id(v_id, p_channel.webhook_no);
  v_hash constant bytea := hera_internal.content_hash(v_code, v_type, v_code, p_input::text);
  v_due timestamptz;
  v_answer jsonb := hera_internal.event_fault(v_code, v_type, p_input, p_input::text, v_code, p_key, v_smart_code);
begin
  if v_answer is not null then
    return v_answer;
  end if;
  if p_key is not null then
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    values (p_organization_id, p_key, v_id, v_hash)
    on conflict do nothing;
    if not found then
      v_answer := hera_internal.repeated_event(p_organization_id, p_key, v_hash, v_code, v_type, v_code, p_input);
      return case when v_answer ? 'error' then v_answer
        else hera_internal.call_answer(p_organization_id, (v_answer ->> 'event_id')::uuid, true) end;
    end if;
  end if;

  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent)
  values (p_organization_id, v_id, v_now, p_actor_user_id, p_channel.id, 1, 'processed', v_code, v_type, v_smart_code,
    v_code, p_key, p_input::text::json, p_traceparent);
  v_due := hera_internal.call_slot(p_organization_id, p_channel.id, p_config, p_action, p_input, v_now);
  if v_due is null then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt) values (p_organization_id, v_delivery_id, 1, 0);
  else
    insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
    values (p_organization_id, v_delivery_id, 1, 0, v_due);
  end if;
  return hera_internal.call_answer(p_organization_id, v_id, false);
end
$$;
comment on function hera_internal.store_call(uuid, uuid, hera.webhooks, jsonb, text, jsonb, text, text) is 'Stores a call of a provider and enqueues it.';
