-- hera_internal.inbound_items: the events that a request holds, as items of hera_internal.accept_events with their organization_id; a reason in
-- its place where an item is nobody's. An item that is several organizations' is there for each.
create or replace function hera_internal.inbound_items(
  p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_body jsonb)
returns jsonb[]
language plpgsql
volatile
as $$
declare
  v_hash constant text := encode(sha256(p_request.body), 'hex');
  v_first constant int := (p_parties[1]).version;
  v_items jsonb[] := array[]::jsonb[];
  v_known jsonb := jsonb '{}';
  v_version int;
  v_inbound jsonb;
  v_event record;
  v_item jsonb;
  v_account text;
  v_for jsonb;
begin
  for v_version in select distinct x.version from unnest(p_parties) x union select v_first
  loop
    v_inbound := hera_internal.definition_version(p_definition_id, v_version) -> 'inbound';
    -- What is asked of the provider, or is an answer of its, comes by another way.
    v_inbound := v_inbound || jsonb_build_object('events', (
      select jsonb_agg(e.value order by e.n) from jsonb_array_elements(v_inbound -> 'events') with ordinality e (value, n)
      where coalesce(e.value ->> 'origin', 'webhook') in ('webhook', 'derived')));
    for v_event in
      select e.* from hera_internal.inbound_events(v_inbound, p_body, p_request.headers, v_hash) with ordinality e
    loop
      v_account := hera_internal.plain_account(v_event.account_ref, v_inbound -> 'account_prefixes');
      v_for := v_known -> coalesce(v_account, '');
      if v_for is null then
        select coalesce(jsonb_agg(jsonb_build_object('organization_id', p.organization_id, 'version', p.version)), '[]') into v_for
        from unnest(hera_internal.parties_of_account(p_parties, p_sole, p_request.installation_id is not null, v_account)) p;
        v_known := v_known || jsonb_build_object(coalesce(v_account, ''), v_for);
      end if;
      v_item := jsonb_build_object('event_source', p_request.connector_code, 'event_type', v_event.event_type,
        'connector_code', p_request.connector_code, 'smart_code', v_event.smart_code,
        'idempotency_key', hera_internal.natural_key(p_request.connector_code, v_event.account_ref, v_event.event_type,
          coalesce(v_event.event_key, v_hash || ':' || v_event.ordinality)),
        'occurred_at', hera_internal.event_time(v_event.occurred_at), 'inbound_request_id', p_request.id, 'event_data', v_event.event_data);
      for n in 0 .. jsonb_array_length(v_for) - 1
      loop
        if v_for #> array[n::text, 'version'] = coalesce(to_jsonb(v_version), 'null') then
          v_items := v_items || (v_item || jsonb_build_object('organization_id', v_for #> array[n::text, 'organization_id']));
        end if;
      end loop;
      if v_for = '[]' and v_version is not distinct from v_first then
        v_items := v_items || (v_item || jsonb_build_object('reason',
          case when v_account is null then 'the item names no account' else format('the account %s is no installation''s', left(v_account, 255)) end));
      end if;
    end loop;
  end loop;
  return v_items;
end
$$;
comment on function hera_internal.inbound_items(hera.inbound_requests, uuid, hera_internal.inbound_party[], boolean, jsonb) is
  'The items of a request with their organizations.';
