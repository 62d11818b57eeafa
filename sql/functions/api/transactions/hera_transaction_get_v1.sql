-- hera_transaction_get_v1: one transaction with its lines.
-- Caller: API, DBA.  Errors: PT403; PT404 not_found.
create or replace function public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_transaction hera.universal_transactions;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_transaction_get_v1', 'CALL');
  select * into v_transaction from hera.universal_transactions t where t.organization_id = p_organization_id and t.id = p_transaction_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such transaction.', 'hera_transaction_list_v1 shows the transactions.');
  end if;
  return jsonb_build_object('success', true, 'transaction', hera_internal.transaction_json(v_transaction)
    || jsonb_build_object('lines', hera_internal.transaction_lines_json(p_organization_id, p_transaction_id)));
end
$$;
revoke all on function public.hera_transaction_get_v1(uuid, uuid, uuid) from public;
grant execute on function public.hera_transaction_get_v1(uuid, uuid, uuid) to hera_api, hera_dba;
comment on function public.hera_transaction_get_v1(uuid, uuid, uuid) is
$doc$One transaction with its lines. Answers {success, transaction: {id, transaction_type, transaction_code, transaction_date, total_amount,
…, event_id (the event that it came in with or was published as), lines: […]}}. Errors: PT403, PT404 not_found.

select hera_transaction_get_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '0199c1c2-0000-7000-8000-000000000000');$doc$;
