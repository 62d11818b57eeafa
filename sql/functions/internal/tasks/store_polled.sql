-- hera_internal.store_polled: take in the items of a polled answer, by the rule of the poll's event. Answers how many were new.
-- One that ingest refuses is passed over: the next answer may have it again.
create or replace function hera_internal.store_polled(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_event text, p_body jsonb)
returns int
language plpgsql
volatile
as $$
declare
  v_code text;
  v_items jsonb[];
begin
  select e.entity_code into v_code from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id;
  select array_agg(jsonb_build_object('event_source', v_code, 'event_type', e.event_type, 'connector_code', v_code,
    'smart_code', e.smart_code, 'idempotency_key', hera_internal.natural_key(v_code, e.account_ref, e.event_type, e.event_key),
    'occurred_at', hera_internal.event_time(e.occurred_at), 'event_data', e.event_data))
  into v_items
  from hera_internal.inbound_events(p_config -> 'inbound' || jsonb_build_object('events',
    jsonb_path_query_array(p_config, '$.inbound.events[*] ? (@.type == $e)', jsonb_build_object('e', p_event))), p_body) e
  where e.event_key is not null;
  if v_items is null then
    return 0;
  end if;
  return (
    select count(*)
    from unnest(hera_internal.accept_events('00000000-0000-0000-0000-000000000001', p_organization_id, v_items,
      array_fill(null::jsonb, array[cardinality(v_items)]))) a
    where a ->> 'duplicate' = 'false');
end
$$;
comment on function hera_internal.store_polled(uuid, uuid, jsonb, text, jsonb) is 'Takes in what a poll brought.';
