-- hera_permissions_v1: what the actor may do in an organization, so that a screen leaves out what would be refused.
-- Caller: API, DBA.  Errors: PT401; PT403.
create or replace function public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_role constant text := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_permissions_v1', 'CALL');
begin
  return jsonb_build_object('success', true, 'role', v_role, 'operations', (
    select jsonb_object_agg(f.function_name, f.operations)
    from (
      select p.function_name, jsonb_agg(p.operation order by p.operation) as operations
      from hera.rpc_permissions p
      where p.role = v_role
      group by p.function_name) f));
end
$$;
revoke all on function public.hera_permissions_v1(uuid, uuid) from public;
grant execute on function public.hera_permissions_v1(uuid, uuid) to hera_api, hera_dba;
comment on function public.hera_permissions_v1(uuid, uuid) is
$doc$What the actor may do in the organization. It only tells: each function decides by itself.

Answers {success, role, operations: {function: [operation]}}; CALL is the operation of a function that has no p_operation.
Errors: PT401 identity_not_resolved, PT403 actor_not_member.

select hera_permissions_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
