-- hera_internal.event_smart_codes: {event type: smart code} of the events of a definition that name one.
create or replace function hera_internal.event_smart_codes(p_config jsonb)
returns jsonb
language sql
immutable
as $$
  select coalesce(jsonb_object_agg(e ->> 'type', e ->> 'smart_code'), '{}')
  from jsonb_array_elements(p_config #> '{inbound,events}') e
  where e ? 'smart_code';
$$;
comment on function hera_internal.event_smart_codes(jsonb) is '{event type: smart code} of a definition.';
