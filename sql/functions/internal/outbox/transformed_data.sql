-- hera_internal.transformed_data: the data of a delivery to a webhook with a transform.
create or replace function hera_internal.transformed_data(p_event hera.events, p_transform jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_topic constant text := p_event.event_source || '.' || p_event.event_type;
begin
  return hera_internal.render(p_transform, jsonb_build_object(
    'id', p_event.id, 'type', v_topic, 'timestamp', hera_internal.iso_time(p_event.created_at),
    'organization_id', p_event.organization_id, 'topic', v_topic, 'smart_code', p_event.smart_code, 'data', p_event.event_data));
end
$$;
grant execute on function hera_internal.transformed_data(hera.events, jsonb) to hera_worker_owner;
comment on function hera_internal.transformed_data(hera.events, jsonb) is 'The event data as a webhook''s transform renders it.';
