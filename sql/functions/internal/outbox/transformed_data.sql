-- hera_internal.transformed_data: what a webhook's transform makes of an event's data.
-- One claim renders for all organizations, so no transform may raise: where one fails, data says so to its receiver instead.
create or replace function hera_internal.transformed_data(p_event hera.events, p_transform jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_topic constant text := p_event.event_source || '.' || p_event.event_type;
  v_data jsonb;
begin
  v_data := hera_internal.render(p_transform, jsonb_build_object(
    'id', p_event.id, 'type', v_topic, 'timestamp', hera_internal.iso_time(p_event.created_at),
    'organization_id', p_event.organization_id, 'topic', v_topic, 'smart_code', p_event.smart_code, 'data', p_event.event_data));
  -- A number of few bytes may be printed with very many digits.
  if octet_length(v_data::text) > 4194304 then
    return jsonb '{"transform_error": "too_large"}';
  end if;
  return v_data;
exception
  when sqlstate 'PT413' then
    return jsonb '{"transform_error": "too_large"}';
  when others then
    return jsonb '{"transform_error": "failed"}';
end
$$;
grant execute on function hera_internal.transformed_data(hera.events, jsonb) to hera_worker_owner;
comment on function hera_internal.transformed_data(hera.events, jsonb) is
  'The data of an event after a transform, or {"transform_error": "too_large"} or "failed".';
