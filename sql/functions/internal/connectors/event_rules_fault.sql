-- hera_internal.event_rules_fault: the fault of the event rules, actions and polls of a definition among each other, or null.
create or replace function hera_internal.event_rules_fault(p_config jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_events constant jsonb := coalesce(p_config #> '{inbound,events}', '[]');
  v_rule jsonb;
  v_path text;
  v_step jsonb;
  v_bound text[];
  v_unbound text;
begin
  for v_rule in select e.value from jsonb_array_elements(v_events) e
  loop
    v_path := 'connector_config.inbound.events ' || (v_rule ->> 'type');
    if v_rule ->> 'type' !~ '^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}$' then
      return v_path || ': type must have 1 to 128 letters, digits or _ . : / -';
    elsif jsonb_array_length(jsonb_path_query_array(v_events, '$[*] ? (@.type == $t)', jsonb_build_object('t', v_rule -> 'type'))) > 1 then
      return v_path || ' is there twice';
    end if;
    v_bound := array['body', 'headers'];
    for v_step in select s.value from jsonb_array_elements(v_rule -> 'each') s
    loop
      if coalesce(v_step ->> 'in', 'body') <> all (v_bound) then
        return format('%s: in names %s, which no step before it binds', v_path, v_step ->> 'in');
      elsif v_step ->> 'as' in ('body', 'headers') then
        return format('%s: a step may not bind %s', v_path, v_step ->> 'as');
      end if;
      v_unbound := coalesce(v_unbound, hera_internal.unbound_variable(v_step ->> 'path', v_bound));
      v_bound := v_bound || (v_step ->> 'as');
    end loop;
    select coalesce(v_unbound, hera_internal.unbound_variable(p.path, v_bound)) into v_unbound
    from (
      select jsonb_array_elements_text(v_rule -> 'key')
      union all select v_rule ->> 'occurred_at'
      union all select v_rule ->> 'data'
      union all select jsonb_array_elements_text(p_config #> '{inbound,account_ref,paths}')) p (path)
    order by 1 limit 1;
    if v_rule ? 'each' and v_unbound is not null then
      return format('%s: a jsonpath reads $%s, which no step before it binds', v_path, v_unbound);
    elsif v_rule ? 'each' and not v_rule ? 'key' then
      return v_path || ' needs a key: without one an event that is sent again is taken in again';
    elsif v_rule ? 'each' and p_config #>> '{inbound,account_ref,in}' <> all (v_bound) then
      return format('%s: account_ref reads %s, which no step binds', v_path, p_config #>> '{inbound,account_ref,in}');
    elsif exists (
      select from jsonb_array_elements_text(v_rule -> 'key_fallback') f where f !~ '^(header:[A-Za-z0-9-]{1,100}|body_sha256)$') then
      return v_path || ': key_fallback must be of header:NAME and body_sha256';
    elsif v_rule #>> '{enrich,action}' is not null
      and not jsonb_path_exists(p_config, '$.actions[*] ? (@.code == $a)', jsonb_build_object('a', v_rule #> '{enrich,action}')) then
      return format('%s: enrich names the action %s, which is not defined', v_path, v_rule #>> '{enrich,action}');
    end if;
  end loop;

  select format('connector_config.polls %s needs %s, which is no field', p.value ->> 'code', n.value) into v_path
  from jsonb_array_elements(p_config -> 'polls') p
  cross join jsonb_array_elements(p.value -> 'needs') n
  where not p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', n.value))
  limit 1;
  if found then
    return v_path;
  end if;
  select format('connector_config.polls %s needs either cron or every_s', p.value ->> 'code') into v_path
  from jsonb_array_elements(p_config -> 'polls') p
  where p.value ? 'cron' = p.value ? 'every_s' or (p.value ->> 'every_s')::int < 10
  limit 1;
  if found then
    return v_path;
  end if;
  select 'connector_config.' || r.place || ' names the event ' || r.event || ', which is not defined' into v_path
  from (
    select 'polls', p ->> 'event' from jsonb_array_elements(p_config -> 'polls') p
    union all
    select 'actions', a ->> 'emits' from jsonb_array_elements(p_config -> 'actions') a) r (place, event)
  where not jsonb_path_exists(v_events, '$[*] ? (@.type == $e)', jsonb_build_object('e', r.event))
  limit 1;
  return v_path;
end
$$;
comment on function hera_internal.event_rules_fault(jsonb) is 'The fault of event rules, or null.';
