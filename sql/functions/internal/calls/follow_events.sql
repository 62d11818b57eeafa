-- hera_internal.follow_events: what follows from events of a provider that have just been taken in: calls that fetch the rest of them, and
-- calls of which they tell what became. p_answers: of hera_internal.accept_events; what came before has been followed then.
create or replace function hera_internal.follow_events(p_organization_id uuid, p_items jsonb[], p_answers jsonb[])
returns void
language plpgsql
as $$
declare
  v_installation_id uuid;
  v_config jsonb;
begin
  select (a ->> 'connector_id')::uuid into v_installation_id
  from unnest(p_answers) a
  where a ->> 'duplicate' = 'false' and (a -> 'connector_installed')::boolean
  limit 1;
  if not found then
    return;
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_installation_id);
  if not jsonb_path_exists(v_config, '$.inbound.events[*] ? (exists (@.enrich) || exists (@.reconciles))') then
    return;
  end if;
  for i in 1 .. cardinality(p_items)
  loop
    continue when p_answers[i] ->> 'duplicate' is distinct from 'false';
    perform hera_internal.enrich_event(p_organization_id, v_installation_id, v_config, p_items[i] ->> 'event_type',
      (p_answers[i] ->> 'event_id')::uuid, p_items[i] -> 'event_data');
    perform hera_internal.reconcile_event(p_organization_id, v_installation_id, v_config, p_items[i] ->> 'event_type', p_items[i] -> 'event_data');
  end loop;
end
$$;
comment on function hera_internal.follow_events(uuid, jsonb[], jsonb[]) is 'Enrichment and reconciliation by new events.';
