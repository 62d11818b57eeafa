-- hera_internal.preview_events: the last events of an organization against a webhook as it is (p_before, may be null) and as it would be
-- (p_now): which match, and the first five rendered. Writes nothing.
-- Stops after a second, since events may be large; complete tells whether all were looked at.
create or replace function hera_internal.preview_events(
  p_organization_id uuid, p_before hera.webhooks, p_now hera.webhooks, p_limit int)
returns jsonb
language plpgsql
stable
as $$
declare
  v_deadline constant timestamptz := clock_timestamp() + interval '1 second';
  v_event hera.events;
  v_matches boolean;
  v_matched boolean;
  v_events jsonb[] := array[]::jsonb[];
  v_rendered jsonb[] := array[]::jsonb[];
  v_complete boolean := true;
begin
  for v_event in select * from hera.events e where e.organization_id = p_organization_id order by e.id desc limit p_limit
  loop
    if clock_timestamp() > v_deadline then
      v_complete := false;
      exit;
    end if;
    v_matches := hera_internal.webhook_wants(p_now, v_event);
    v_matched := case when p_before.id is not null then hera_internal.webhook_wants(p_before, v_event) end;
    v_events := v_events || jsonb_build_object('event_id', v_event.id, 'topic', v_event.event_source || '.' || v_event.event_type,
      'created_at', v_event.created_at, 'matches', v_matches, 'matched_before', v_matched);
    if v_matches and cardinality(v_rendered) < 5 then
      v_rendered := v_rendered || jsonb_build_object('event_id', v_event.id, 'data', hera_internal.shown(
        case when p_now.transform is null then v_event.event_data::jsonb
        else hera_internal.transformed_data(v_event, p_now.transform) end, 20000));
    end if;
  end loop;
  return jsonb_build_object('events', to_jsonb(v_events), 'rendered', to_jsonb(v_rendered), 'complete', v_complete);
end
$$;
comment on function hera_internal.preview_events(uuid, hera.webhooks, hera.webhooks, int) is
  'Recent events against a webhook before and after a change.';
