-- hera_internal.inbound_events: the events in the body of a provider's request, by the rules of the connector's definition.
--   event_type, smart_code   of the rule
--   event_key                the idempotency key's parts joined by ':', or what key_fallback says; null where the body has none of them
--   account_ref              what tells the tenant: one request may carry items of several
--   occurred_at              as the provider writes it
--   event_data               the event
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
  v_rule jsonb;
  v_bound jsonb;
  v_item jsonb;
  v_fallback text;
  v_nth int;
begin
  for v_rule in select e.value from jsonb_array_elements(p_inbound -> 'events') e where e.value ? 'each'
  loop
    event_type := v_rule ->> 'type';
    smart_code := v_rule ->> 'smart_code';
    v_fallback := hera_internal.fallback_key(v_rule -> 'key_fallback', p_headers, p_body_hash);
    v_nth := 0;
    for v_bound in select b || v_headers from hera_internal.walk_steps(v_rule -> 'each', p_body) b
    loop
      -- The last step binds the item that is the event.
      v_item := v_bound -> (v_rule #>> '{each,-1,as}');
      v_nth := v_nth + 1;
      select string_agg(coalesce(k.part, ''), ':' order by k.n) filter (where k.any_part) into event_key
      from (
        select x.n, x.part, bool_or(x.part is not null) over () as any_part
        from (
          select p.n, jsonb_path_query_first(v_item, p.path::jsonpath, v_bound, true) #>> '{}' as part
          from jsonb_array_elements_text(v_rule -> 'key') with ordinality p (path, n)) x) k;
      event_key := coalesce(event_key, v_fallback || case v_nth when 1 then '' else ':' || v_nth end);
      select x.account into account_ref
      from (
        select p.n, jsonb_path_query_first(v_bound -> v_account_in, p.path::jsonpath, v_bound, true) #>> '{}' as account
        from jsonb_array_elements_text(p_inbound #> '{account_ref,paths}') with ordinality p (path, n)) x
      where x.account is not null
      order by x.n limit 1;
      occurred_at := jsonb_path_query_first(v_item, (v_rule ->> 'occurred_at')::jsonpath, v_bound, true) #>> '{}';
      event_data := jsonb_path_query_first(v_item, coalesce(v_rule ->> 'data', '$')::jsonpath, v_bound, true);
      return next;
    end loop;
  end loop;
end
$$;
comment on function hera_internal.inbound_events(jsonb, jsonb, jsonb, text) is 'The events in a provider''s request.';
