-- hera_internal.inbound_events: the events in the body of a provider's request, by the rules of the connector's definition.
--   event_type, smart_code   of the rule
--   event_key                the idempotency key's parts joined by ':', or null where the body has none of them
--   account_ref              what tells the tenant: one request may carry items of several
--   occurred_at              as the provider writes it
--   event_data               the event
create or replace function hera_internal.inbound_events(
  p_inbound jsonb, p_body jsonb,
  out event_type text, out smart_code text, out event_key text, out account_ref text, out occurred_at text, out event_data jsonb)
returns setof record
language plpgsql
immutable
as $$
declare
  v_rule jsonb;
  v_bound jsonb;
  v_item jsonb;
begin
  for v_rule in select e.value from jsonb_array_elements(p_inbound -> 'events') e where e.value ? 'each'
  loop
    for v_bound in select b from hera_internal.bind_steps(v_rule -> 'each', jsonb_build_object('body', p_body)) b
    loop
      -- The last step binds the item that is the event.
      v_item := v_bound -> (v_rule #>> '{each,-1,as}');
      event_type := v_rule ->> 'type';
      smart_code := v_rule ->> 'smart_code';
      select string_agg(coalesce(k.part, ''), ':' order by k.n) filter (where k.any_part) into event_key
      from (
        select x.n, jsonb_path_query_first(v_item, x.path::jsonpath, v_bound, true) #>> '{}' as part,
          bool_or(jsonb_path_exists(v_item, x.path::jsonpath, v_bound, true)) over () as any_part
        from jsonb_array_elements_text(v_rule -> 'key') with ordinality x (path, n)
        ) k;
      select jsonb_path_query_first(v_bound -> (p_inbound #>> '{account_ref,in}'), x.path::jsonpath, v_bound, true) #>> '{}'
      into account_ref
      from jsonb_array_elements_text(p_inbound #> '{account_ref,paths}') with ordinality x (path, n)
      where jsonb_path_exists(v_bound -> (p_inbound #>> '{account_ref,in}'), x.path::jsonpath, v_bound, true)
      order by x.n limit 1;
      occurred_at := jsonb_path_query_first(v_item, (v_rule ->> 'occurred_at')::jsonpath, v_bound, true) #>> '{}';
      event_data := jsonb_path_query_first(v_item, coalesce(v_rule ->> 'data', '$')::jsonpath, v_bound, true);
      return next;
    end loop;
  end loop;
end
$$;
comment on function hera_internal.inbound_events(jsonb, jsonb) is 'The events in a provider''s request.';
