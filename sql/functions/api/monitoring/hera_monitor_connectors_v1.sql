-- hera_monitor_connectors_v1: health of connector installations, and when their tokens are over.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_connectors_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_connectors_v1', 'CALL');
  return hera_internal.monitor('connectors', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
revoke all on function public.hera_monitor_connectors_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_connectors_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_connectors_v1(uuid, uuid, jsonb) is
$doc$Connector installations that are not uninstalled: numbers by connector, and each one, the token that is over first first.

p_organization_id: the organization; for a platform admin who passes the platform's id, all of them.
p_filter: {limit (1 to 1000 rows of a list, default 200)}; since and until are accepted and have no effect on what stands now.
Answers {success, since, until, connectors: [{code, installations, active, paused, error, pending_auth, reauth_required, tokens_expired,
tokens_expiring_in_7_days}], installations: [{organization_id, id, code, status, state, created_at, token_expires_at, token_expires_in_seconds,
last_success_at, last_error}]}.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_connectors_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{}');$doc$;
