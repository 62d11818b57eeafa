-- hera_internal.publish_transaction: emit an event for a transaction that was just stored, and let the two know each other.
-- Answers the event's id.  Errors: PT413 where the transaction with its lines is no event any more.
create or replace function hera_internal.publish_transaction(
  p_actor_user_id uuid, p_transaction hera.universal_transactions, p_topic text)
returns uuid
language plpgsql
volatile
as $$
declare
  v_answer jsonb;
  v_event_id uuid;
begin
  v_answer := hera_internal.publish(p_actor_user_id, p_transaction.organization_id, p_topic,
    hera_internal.transaction_json(p_transaction) || jsonb_build_object('lines',
      hera_internal.transaction_lines_json(p_transaction.organization_id, p_transaction.id)),
    null, p_transaction.smart_code);
  v_event_id := (v_answer ->> 'event_id')::uuid;
  perform hera_internal.link_event(p_transaction.organization_id, v_event_id, p_transaction.id);
  return v_event_id;
end
$$;
comment on function hera_internal.publish_transaction(uuid, hera.universal_transactions, text) is 'Emits an event for a transaction.';
