-- hera_internal.delivery_body: the body of a delivery; the same on every attempt.
-- Source, type and smart code hold no sign that JSON escapes (hera_internal.event_fault sees to it).
create or replace function hera_internal.delivery_body(p_event hera.events, p_transform jsonb)
returns text
language plpgsql
stable
as $$
declare
  v_topic text := p_event.event_source || '.' || p_event.event_type;
  v_time text := to_char(p_event.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  v_data jsonb := p_event.event_data;
begin
  if p_transform is not null then
    v_data := hera_internal.render(p_transform, jsonb_build_object(
      'id', p_event.id, 'type', v_topic, 'timestamp', v_time, 'organization_id', p_event.organization_id,
      'topic', v_topic, 'smart_code', p_event.smart_code, 'data', v_data));
  end if;
  return '{"id":"' || p_event.id || '","type":"' || v_topic || '","timestamp":"' || v_time
    || '","organization_id":"' || p_event.organization_id || '","topic":"' || v_topic
    || '","smart_code":"' || p_event.smart_code || '","data":' || v_data || '}';
end
$$;
grant execute on function hera_internal.delivery_body(hera.events, jsonb) to hera_worker_owner;
comment on function hera_internal.delivery_body(hera.events, jsonb) is
  '{id, type, timestamp, organization_id, topic, smart_code, data} as text.';
