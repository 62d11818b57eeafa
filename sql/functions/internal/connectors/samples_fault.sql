-- hera_internal.samples_fault: the sample of a definition whose events are not the ones that it says, or null.
create or replace function hera_internal.samples_fault(p_config jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_sample jsonb;
  v_found jsonb;
  v_expected jsonb;
begin
  for v_sample in select s.value from jsonb_array_elements(p_config -> 'samples') s
  loop
    select coalesce(jsonb_agg(e.event order by e.event), '[]') into v_expected
    from jsonb_array_elements(v_sample -> 'events') e (event);
    -- A sample says of an event what it wants to; it must be said of each event.
    select coalesce(jsonb_agg(e.event order by e.event), '[]') into v_found
    from (
      select jsonb_strip_nulls(jsonb_build_object('type', i.event_type, 'key', i.event_key,
        'account_ref', case when v_sample -> 'events' @? '$[*].account_ref' then i.account_ref end,
        'occurred_at', case when v_sample -> 'events' @? '$[*].occurred_at' then i.occurred_at end)) as event
      from hera_internal.inbound_events(p_config -> 'inbound', v_sample -> 'body',
        hera_internal.lower_keys(v_sample -> 'headers')) i) e;
    if v_found <> v_expected then
      return format('connector_config.samples: %s gives %s and not %s', v_sample ->> 'name', v_found, v_expected);
    end if;
  end loop;
  return null;
exception
  -- With silent jsonpath the only data-dependent fault left is a rule that reads a variable that nothing binds.
  when undefined_object then
    return 'connector_config.samples: a jsonpath reads a variable that no step binds: ' || sqlerrm;
end
$$;
comment on function hera_internal.samples_fault(jsonb) is 'The fault that the samples of a definition show, or null.';
