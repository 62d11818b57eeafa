-- hera_internal.delivery_body: the body of a delivery; the same on every attempt.
-- Source, type and smart code hold no sign that JSON escapes (hera_internal.event_fault sees to it).
create or replace function hera_internal.delivery_body(p_event hera.events, p_transform jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_topic text := p_event.event_source || '.' || p_event.event_type;
begin
  return '{"id":"' || p_event.id || '","type":"' || v_topic || '","timestamp":"' || hera_internal.event_time(p_event.created_at)
    || '","organization_id":"' || p_event.organization_id || '","topic":"' || v_topic
    || '","smart_code":"' || p_event.smart_code || '","data":'
    || case when p_transform is null then p_event.event_data::text else hera_internal.transformed_data(p_event, p_transform) end || '}';
end
$$;
grant execute on function hera_internal.delivery_body(hera.events, jsonb) to hera_worker_owner;
comment on function hera_internal.delivery_body(hera.events, jsonb) is
  '{id, type, timestamp, organization_id, topic, smart_code, data} as text.';
