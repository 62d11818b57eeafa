-- hera_audit_list_v1: the audit trail of an organization, newest first.
-- Caller: API, DBA.  Errors: PT400 filter.unknown, filter.invalid, field.invalid; PT403.
create or replace function public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_filter record;
  v_actor uuid;
  v_target uuid;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_audit_list_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'function', 'operation', 'actor_user_id', 'target_id']);
  v_actor := hera_internal.to_uuid('filter.actor_user_id', p_filter ->> 'actor_user_id');
  v_target := hera_internal.to_uuid('filter.target_id', p_filter ->> 'target_id');
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', x.id, 'created_at', x.created_at, 'actor_user_id', x.actor_user_id, 'login', x.login, 'function', x.function_name,
      'operation', x.operation, 'target_id', x.target_id, 'detail', x.detail,
      'sealed', not exists (select from hera.audit_pending p where p.organization_id = p_organization_id and p.id = x.id))
    order by x.id desc), '[]')
  into v_rows
  from (
    select l.*
    from hera.audit_log l
    where l.organization_id = p_organization_id and l.id < v_filter.cursor_id
      and l.id >= v_filter.after_id and l.id < v_filter.before_id
      and (p_filter ->> 'function' is null or l.function_name = p_filter ->> 'function')
      and (p_filter ->> 'operation' is null or l.operation = p_filter ->> 'operation')
      and (v_actor is null or l.actor_user_id = v_actor)
      and (v_target is null or l.target_id = v_target)
    order by l.id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('entries', v_rows, v_filter.max_rows);
end
$$;
revoke all on function public.hera_audit_list_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_audit_list_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_audit_list_v1(uuid, uuid, jsonb) is
$doc$The audit trail, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, function, operation (REFUSED for refused
calls), actor_user_id, target_id}.
Answers {success, entries: [{id, created_at, actor_user_id, login, function, operation, target_id, detail, sealed}], next_cursor}.
Errors: PT400 filter.unknown, filter.invalid or field.invalid, PT403.

select hera_audit_list_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"operation": "REFUSED"}');$doc$;
