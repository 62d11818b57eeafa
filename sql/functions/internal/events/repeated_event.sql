-- hera_internal.repeated_event: the answer for an idempotency key that is taken.
-- Same content: the first event, nothing written. Other content: 422 idempotency.mismatch.
-- The hash settles nearly all; data that is written otherwise and is the same as jsonb (1 and 1.0) is compared with what is stored.
create or replace function hera_internal.repeated_event(
  p_organization_id uuid, p_key text, p_hash bytea, p_source text, p_type text, p_connector_code text, p_data jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_answer jsonb;
begin
  select case
      when k.content_hash = p_hash
        or (e.event_source, e.event_type, e.event_data::jsonb) = (p_source, p_type, p_data)
          and e.connector_code is not distinct from p_connector_code then jsonb_build_object(
        'success', true, 'message', 'event already accepted', 'event_id', k.event_id, 'smart_code', e.smart_code,
        'connector_id', e.installation_id, 'connector_installed', e.installation_id is not null,
        'transaction_id', e.transaction_id, 'duplicate', true, 'deliveries', coalesce(e.deliveries, 0))
      else jsonb_build_object(
        'success', false, 'error', 'idempotency.mismatch', 'status', 422, 'field', 'idempotency_key',
        'message', 'idempotency_key stands for an event with other content; choose a new key for a new event')
    end
  into v_answer
  from hera.idempotency_keys k
  left join hera.events e on e.organization_id = k.organization_id and e.id = k.event_id
  where k.organization_id = p_organization_id and k.idempotency_key = p_key;
  return v_answer;
end
$$;
comment on function hera_internal.repeated_event(uuid, text, bytea, text, text, text, jsonb) is 'The answer for a repeated idempotency key.';
