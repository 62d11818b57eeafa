-- hera_internal.accept_event_with_transaction: hera_internal.accept_event, and the transaction that the event's data describes,
-- both or none.
-- The same answer and faults, with the transaction's id; a repeated key answers the first transaction.
-- Writes: universal_transactions, universal_transaction_lines, and what accept_event writes.
create or replace function hera_internal.accept_event_with_transaction(
  p_actor_user_id uuid, p_organization_id uuid,
  p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text,
  p_traceparent text)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_transaction constant jsonb := hera_internal.transaction_of_event(p_type, p_data, p_smart_code);
  v_lines constant jsonb := case when jsonb_typeof(p_data -> 'lines') = 'array' then p_data -> 'lines' else '[]' end;
  v_answer jsonb;
  v_transaction_id uuid;
begin
  v_answer := coalesce(
    hera_internal.event_fault(p_source, p_type, p_data, p_data::text, p_connector_code, p_key, p_smart_code),
    hera_internal.transaction_fault(p_organization_id, v_transaction, v_lines),
    hera_internal.accept_event(
      p_actor_user_id, p_organization_id, p_source, p_type, p_data, p_connector_code, p_key, p_smart_code, p_traceparent));
  if v_answer ? 'error' or (v_answer ->> 'duplicate')::boolean then
    return v_answer;
  end if;
  v_transaction_id := hera_internal.store_transaction(p_actor_user_id, p_organization_id, v_transaction, v_lines, null, null);
  perform hera_internal.link_event(p_organization_id, (v_answer ->> 'event_id')::uuid, v_transaction_id);
  return v_answer || jsonb_build_object('transaction_id', v_transaction_id);
end
$$;
comment on function hera_internal.accept_event_with_transaction(uuid, uuid, text, text, jsonb, text, text, text, text) is
  'Stores an event and the transaction within its data; the answer or the fault.';
