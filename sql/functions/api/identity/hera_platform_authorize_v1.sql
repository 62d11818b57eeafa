-- hera_platform_authorize_v1: may the actor operate the platform? For routes whose work is no tenant's RPC (the outbox
-- worker's), and to show the Control Center.
-- Caller: API.  Errors: PT403 actor_not_member, permission_denied.
create or replace function public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  if p_operation is null or p_operation not in ('CONTROL_CENTER', 'OUTBOX_PROCESS', 'OUTBOX_STATS') then
    perform hera_internal.unknown_operation(p_operation, 'CONTROL_CENTER, OUTBOX_PROCESS, OUTBOX_STATS');
  end if;
  perform hera_internal.authorize(p_actor_user_id, hera_internal.platform_id(), 'hera_platform_authorize_v1', p_operation);
  return jsonb_build_object('success', true);
end
$$;
revoke all on function public.hera_platform_authorize_v1(uuid, text) from public;
grant execute on function public.hera_platform_authorize_v1(uuid, text) to hera_api, hera_dba;
comment on function public.hera_platform_authorize_v1(uuid, text) is
$doc$Raises unless the actor is a platform admin. p_operation: CONTROL_CENTER, OUTBOX_PROCESS or OUTBOX_STATS. Answers {success}.

select hera_platform_authorize_v1('00000000-0000-0000-0000-000000000001', 'OUTBOX_STATS');$doc$;
