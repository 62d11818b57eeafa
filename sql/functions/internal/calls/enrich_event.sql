-- hera_internal.enrich_event: where the definition's rule of an event says so, call the action that fetches what the event only points at. The
-- event <connector>.action.<code>.succeeded of that call has the first event's id as `enriches`. Answers the call's delivery; null where there
-- is nothing to enrich. Never refuses: the event itself must be taken in all the same.
-- p_data: the event. Taken in twice it is enriched once. Where the installation can't call now, the call waits for that.
create or replace function hera_internal.enrich_event(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_event_id uuid, p_data jsonb)
returns uuid
language plpgsql
as $$
declare
  v_enrich constant jsonb := jsonb_path_query_first(p_config, '$.inbound.events[*] ? (@.type == $t).enrich', jsonb_build_object('t', p_type));
  v_action constant jsonb := hera_internal.action_of(p_config, v_enrich ->> 'action');
  v_channel hera.webhooks;
  v_input jsonb;
begin
  if v_action is null then
    return null;
  end if;
  select jsonb_object_agg(i.key, f.value) filter (where f.value is not null) into v_input
  from jsonb_each_text(v_enrich -> 'input') i
  cross join lateral (select jsonb_path_query_first(p_data, i.value::jsonpath, '{}', true) as value) f;
  v_input := hera_internal.with_defaults(coalesce(v_input, '{}'), v_action -> 'input_schema');
  if hera_internal.schema_fault('input', v_input, coalesce(v_action -> 'input_schema', '{"properties": {}}')) is not null then
    return null;
  end if;
  v_channel := hera_internal.ensure_channel(p_organization_id, p_installation_id, p_config);
  return (hera_internal.store_call(uuid '00000000-0000-0000-0000-000000000001', p_organization_id, v_channel, p_config, v_enrich ->> 'action',
    v_input, format('hera.enrich:%s:%s', p_event_id, v_enrich ->> 'action')) ->> 'delivery_id')::uuid;
end
$$;
comment on function hera_internal.enrich_event(uuid, uuid, jsonb, text, uuid, jsonb) is 'Calls what an event rule''s enrich says.';
