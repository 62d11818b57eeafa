-- hera_internal.inbound_events: the events in the body of a provider's request, by the rules of the connector's definition.
--   event_type, smart_code   of the rule
--   event_key                the idempotency key's parts joined by ':', or what key_fallback says; null where the body has none of them
--   account_ref              what tells the tenant: one request may carry items of several
--   occurred_at              as the provider writes it
--   event_data               the event
-- Plain expressions and no queries for each item: those cost ten times as much.
-- A path may read $headers (names in lower case). p_body_hash: of the bytes, for the fallback body_sha256.
create or replace function hera_internal.inbound_events(
  p_inbound jsonb, p_body jsonb, p_headers jsonb default '{}', p_body_hash text default null,
  out event_type text, out smart_code text, out event_key text, out account_ref text, out occurred_at text, out event_data jsonb)
returns setof record
language plpgsql
immutable
as $$
declare
  v_account_in constant text := p_inbound #>> '{account_ref,in}';
  v_headers constant jsonb := jsonb_build_object('headers', p_headers);
  v_account_paths constant jsonpath[] := array(
    select p::jsonpath from jsonb_array_elements_text(p_inbound #> '{account_ref,paths}') with ordinality x (p, n) order by x.n);
  v_rule jsonb;
  v_keys jsonpath[];
  v_path jsonpath;
  v_occurred_at jsonpath;
  v_data jsonpath;
  v_bound jsonb;
  v_item jsonb;
  v_last text;
  v_part text;
  v_known boolean;
  v_fallback text;
  v_nth int;
begin
  for v_rule in select e.value from jsonb_array_elements(p_inbound -> 'events') e where e.value ? 'each'
  loop
    event_type := v_rule ->> 'type';
    smart_code := v_rule ->> 'smart_code';
    v_fallback := hera_internal.fallback_key(v_rule -> 'key_fallback', p_headers, p_body_hash);
    v_nth := 0;
    v_last := v_rule #>> '{each,-1,as}';
    v_keys := array(select k::jsonpath from jsonb_array_elements_text(v_rule -> 'key') with ordinality x (k, n) order by x.n);
    v_occurred_at := (v_rule ->> 'occurred_at')::jsonpath;
    v_data := coalesce(v_rule ->> 'data', '$')::jsonpath;
    for v_bound in select b || v_headers from hera_internal.walk_steps(v_rule -> 'each', p_body) b
    loop
      -- The last step binds the item that is the event.
      v_item := v_bound -> v_last;
      v_nth := v_nth + 1;
      event_key := null;
      v_known := false;
      foreach v_path in array v_keys
      loop
        v_part := jsonb_path_query_first(v_item, v_path, v_bound, true) #>> '{}';
        v_known := v_known or v_part is not null;
        event_key := case when event_key is null then '' else event_key || ':' end || coalesce(v_part, '');
      end loop;
      if not v_known then
        event_key := v_fallback || case v_nth when 1 then '' else ':' || v_nth end;
      end if;
      account_ref := null;
      foreach v_path in array v_account_paths
      loop
        account_ref := jsonb_path_query_first(v_bound -> v_account_in, v_path, v_bound, true) #>> '{}';
        exit when account_ref is not null;
      end loop;
      occurred_at := jsonb_path_query_first(v_item, v_occurred_at, v_bound, true) #>> '{}';
      event_data := jsonb_path_query_first(v_item, v_data, v_bound, true);
      return next;
    end loop;
  end loop;
end
$$;
comment on function hera_internal.inbound_events(jsonb, jsonb, jsonb, text) is 'The events in a provider''s request.';
