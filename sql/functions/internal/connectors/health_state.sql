-- hera_internal.health_state: how an installation fares, in one word:
--   reauth_required   a person has to authorize it (first, or anew)
--   failing           it is in error: three checks in a row failed, or its token ended and could not be renewed
--   degraded          the last use failed
--   token_expiring    its token ends within a week, and nothing but a person will renew it
--   ok                none of these; null for one that is uninstalled
create or replace function hera_internal.health_state(p_organization_id uuid, p_installation_id uuid)
returns text
language sql
stable
as $$
  select case
    when e.status = 'inactive' then null
    when e.status in ('pending_auth', 'reauth_required') then 'reauth_required'
    when e.status = 'error' then 'failing'
    when exists (
      select from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'last_error') then 'degraded'
    when exists (
      select
      from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'token_expires_at'
        and d.field_value_date < hera_internal.now() + interval '7 days'
        and not exists (
          select from hera.connector_tasks t
          where t.organization_id = p_organization_id and t.installation_id = p_installation_id and t.kind = 'refresh'
            and t.due_at < d.field_value_date)) then 'token_expiring'
    else 'ok' end
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id;
$$;
grant execute on function hera_internal.health_state(uuid, uuid) to hera_worker_owner;
comment on function hera_internal.health_state(uuid, uuid) is 'The health of an installation in one word.';
