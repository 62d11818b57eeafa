-- hera_internal.event_types_of: the INTEGRATION_EVENT_TYPE entities of a definition's events, made or brought up to date.
-- Their code is <connector>.<type>. The tenant must be the platform.
create or replace function hera_internal.event_types_of(p_actor_user_id uuid, p_code text, p_config jsonb)
returns uuid[]
language sql
as $$
  with stored as (
    insert into hera.core_entities as e (
      id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_by, updated_by)
    select hera_internal.new_id(hera_internal.now()), hera_internal.platform_id(), 'INTEGRATION_EVENT_TYPE', r ->> 'type',
      p_code || '.' || (r ->> 'type'), r ->> 'note',
      coalesce(r ->> 'smart_code', hera_internal.smart_code_of(p_code, r ->> 'type')), p_actor_user_id, p_actor_user_id
    from jsonb_array_elements(p_config #> '{inbound,events}') r
    on conflict (organization_id, entity_type, entity_code)
      where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT')
    do update set entity_description = excluded.entity_description, smart_code = excluded.smart_code,
      updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = e.version + 1
    returning e.id
  )
  select coalesce(array_agg(s.id), '{}') from stored s;
$$;
comment on function hera_internal.event_types_of(uuid, text, jsonb) is 'Makes the event types of a definition; answers their ids.';
