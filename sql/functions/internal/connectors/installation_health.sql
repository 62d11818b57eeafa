-- hera_internal.installation_health: what hera_internal.set_installation_health has noted: {last_success_at, last_error, last_checked_at,
-- token_expires_at}, and the state that follows from it.
create or replace function hera_internal.installation_health(p_organization_id uuid, p_installation_id uuid)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object('last_success_at', null, 'last_error', null, 'last_checked_at', null, 'token_expires_at', null,
    'state', hera_internal.health_state(p_organization_id, p_installation_id))
    || coalesce(jsonb_object_agg(d.field_name, coalesce(to_jsonb(d.field_value_date), to_jsonb(d.field_value_text))), '{}')
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id
    and d.field_name in ('last_success_at', 'last_error', 'last_checked_at', 'token_expires_at');
$$;
comment on function hera_internal.installation_health(uuid, uuid) is 'The health fields of an installation.';
