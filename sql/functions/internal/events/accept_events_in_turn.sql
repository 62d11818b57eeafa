-- hera_internal.accept_events_in_turn: take the items of a batch in one by one, where some are transactions too. Items with a fault are
-- passed over. Answers as hera_internal.accept_events.
create or replace function hera_internal.accept_events_in_turn(
  p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text)
returns jsonb[]
language plpgsql
volatile
as $$
declare
  v_answers jsonb[] := p_faults;
  v_item jsonb;
begin
  for i in 1 .. cardinality(p_items)
  loop
    v_item := p_items[i];
    v_answers[i] := coalesce(
      v_answers[i],
      case when v_item #> '{options,create_transaction}' = 'true' then
        hera_internal.accept_event_with_transaction(p_actor_user_id, p_organization_id, v_item ->> 'event_source', v_item ->> 'event_type',
          coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code',
          p_traceparent) end,
      hera_internal.accept_event(p_actor_user_id, p_organization_id, v_item ->> 'event_source', v_item ->> 'event_type',
        coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code',
        p_traceparent));
  end loop;
  return v_answers;
end
$$;
comment on function hera_internal.accept_events_in_turn(uuid, uuid, jsonb[], jsonb[], text) is 'Takes in the items of a batch one after the other.';
