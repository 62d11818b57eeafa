-- hera_internal.reconcile_event: where the definition's rule of an event has `reconciles`, the event tells what became of a call: settle that
-- call if nobody knew. reconciles: {id: where the call's hera_id stands, failed: what is there only where it failed, result}.
-- p_data: the event. Answers true where a call was settled.
create or replace function hera_internal.reconcile_event(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_data jsonb)
returns boolean
language plpgsql
as $$
declare
  v_rule constant jsonb := jsonb_path_query_first(p_config, '$.inbound.events[*] ? (@.type == $t).reconciles', jsonb_build_object('t', p_type));
  v_failed constant boolean := v_rule ? 'failed' and jsonb_path_exists(p_data, (v_rule ->> 'failed')::jsonpath, '{}', true);
  v_result jsonb;
begin
  if v_rule is null then
    return false;
  end if;
  select coalesce(jsonb_object_agg(r.key, jsonb_path_query_first(p_data, r.value::jsonpath, '{}', true)), '{}') into v_result
  from jsonb_each_text(v_rule -> 'result') r;
  return hera_internal.reconcile_call(p_organization_id, p_installation_id,
    jsonb_path_query_first(p_data, (v_rule ->> 'id')::jsonpath, '{}', true) #>> '{}', case when v_failed then 'failed' else 'succeeded' end, v_result);
end
$$;
comment on function hera_internal.reconcile_event(uuid, uuid, jsonb, text, jsonb) is 'Settles the call that an event tells of.';
