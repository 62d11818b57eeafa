-- hera_transaction_list_v1: the transactions of an organization, newest first.
-- Caller: API, DBA.  Errors: PT400 filter.unknown, filter.invalid; PT403.
create or replace function public.hera_transaction_list_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_filter record;
  v_entity_id uuid;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_transaction_list_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter,
    array['since', 'until', 'status', 'transaction_type', 'transaction_code', 'reference_number', 'smart_code', 'entity_id']);
  v_entity_id := hera_internal.to_uuid('filter.entity_id', p_filter ->> 'entity_id');
  select coalesce(jsonb_agg(hera_internal.transaction_json(x) order by x.id desc), '[]') into v_rows
  from (
    select *
    from hera.universal_transactions t
    where t.organization_id = p_organization_id and t.id < v_filter.cursor_id and t.id >= v_filter.after_id and t.id < v_filter.before_id
      and (v_filter.status is null or t.transaction_status = v_filter.status)
      and (not p_filter ? 'transaction_type' or t.transaction_type = p_filter ->> 'transaction_type')
      and (not p_filter ? 'transaction_code' or t.transaction_code = p_filter ->> 'transaction_code')
      and (not p_filter ? 'reference_number' or t.reference_number = p_filter ->> 'reference_number')
      and (not p_filter ? 'smart_code' or t.smart_code = p_filter ->> 'smart_code')
      and (v_entity_id is null or v_entity_id in (t.source_entity_id, t.target_entity_id) or exists (
        select from hera.universal_transaction_lines l
        where l.organization_id = p_organization_id and l.transaction_id = t.id and l.entity_id = v_entity_id))
    order by t.id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('transactions', v_rows, v_filter.max_rows);
end
$$;
revoke all on function public.hera_transaction_list_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_transaction_list_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_transaction_list_v1(uuid, uuid, jsonb) is
$doc$Transactions without their lines, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until (when it was posted),
status, transaction_type, transaction_code, reference_number, smart_code, entity_id (source, target or that of a line)}.
Answers {success, transactions: […], next_cursor}; pass next_cursor as cursor for the next page, null on the last.
Errors: PT400 filter.unknown or filter.invalid, PT403.

select hera_transaction_list_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', '{"limit": 10}');$doc$;
