-- hera_connector_health_v1: how installations fare at their providers, and a check of one at once.
-- Caller: API, DBA.  Writes: connector_tasks.  Errors: PT400 operation.unknown; PT403; PT404 not_found; PT409 connector.no_health, connector.not_active.
create or replace function public.hera_connector_health_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'LIST', p_connector_code text default null)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_installation record;
begin
  if p_operation is null or p_operation not in ('LIST', 'CHECK') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, CHECK');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_connector_health_v1', p_operation);
  if p_operation = 'CHECK' then
    v_installation := hera_internal.installation_of(p_organization_id, p_connector_code);
    if v_installation.id is null then
      perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it.');
    elsif v_installation.status not in ('active', 'error') then
      perform hera_internal.fail(409, 'connector.not_active', format('The installation is %s.', v_installation.status),
        'RESUME it, or authorize it with hera_connector_oauth_v1.');
    end if;
    perform hera_internal.keep_tasks(p_organization_id, v_installation.id);
    update hera.connector_tasks t set due_at = least(t.due_at, hera_internal.now())
    where t.organization_id = p_organization_id and t.installation_id = v_installation.id and t.kind = 'health' and t.fence is null;
    if not found and not exists (
      select from hera.connector_tasks t
      where t.organization_id = p_organization_id and t.installation_id = v_installation.id and t.kind = 'health') then
      perform hera_internal.fail(409, 'connector.no_health', 'The connector''s definition has no health check.', 'LIST shows how its last uses went.');
    end if;
  end if;
  return jsonb_build_object('success', true, 'installations', (
    select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'code', e.entity_code, 'status', e.status)
      || hera_internal.installation_health(p_organization_id, e.id) order by e.entity_code), '[]')
    from hera.core_entities e
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'
      and (p_connector_code is null or e.entity_code = p_connector_code)));
end
$$;
revoke all on function public.hera_connector_health_v1(uuid, uuid, text, text) from public;
grant execute on function public.hera_connector_health_v1(uuid, uuid, text, text) to hera_api, hera_dba;
comment on function public.hera_connector_health_v1(uuid, uuid, text, text) is
$doc$How the organization's installations fare at their providers.

LIST: of all, or of p_connector_code. CHECK: has the definition's health check of p_connector_code run at once; it runs by itself about every
15 minutes. What it finds is in the next LIST.
Answers {success, installations: [{id, code, status, state, last_success_at, last_error, last_checked_at, token_expires_at}]}. state: ok,
degraded (the last use failed), failing (three checks in a row failed), reauth_required (a person has to authorize it) or token_expiring
(the token ends within a week, and nothing but a person will renew it).
Errors: PT400 operation.unknown, PT403, PT404 not_found, PT409 connector.no_health, connector.not_active.

select hera_connector_health_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
