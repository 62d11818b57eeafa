-- hera_internal.store_field: set one field of an entity. p_value is JSON; p_type says which column it goes to:
-- text, number, boolean, date or json.
create or replace function hera_internal.store_field(
  p_actor_user_id uuid, p_organization_id uuid, p_entity_id uuid, p_name text, p_type text, p_value jsonb, p_smart_code text)
returns void
language plpgsql
as $$
begin
  insert into hera.core_dynamic_data as d (
    organization_id, entity_id, field_name, field_type, field_value_text, field_value_number, field_value_boolean,
    field_value_date, field_value_json, smart_code, created_by, updated_by)
  values (p_organization_id, p_entity_id, p_name, p_type,
    case when p_type = 'text' then p_value #>> '{}' end,
    case when p_type = 'number' then (p_value #>> '{}')::numeric end,
    case when p_type = 'boolean' then (p_value #>> '{}')::boolean end,
    case when p_type = 'date' then (p_value #>> '{}')::timestamptz end,
    case when p_type = 'json' then p_value end,
    p_smart_code, p_actor_user_id, p_actor_user_id)
  on conflict (entity_id, field_name, organization_id) do update set
    field_type = excluded.field_type, field_value_text = excluded.field_value_text,
    field_value_number = excluded.field_value_number, field_value_boolean = excluded.field_value_boolean,
    field_value_date = excluded.field_value_date, field_value_json = excluded.field_value_json,
    updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = d.version + 1;
end
$$;
comment on function hera_internal.store_field(uuid, uuid, uuid, text, text, jsonb, text) is 'Inserts or updates a field of an entity.';
