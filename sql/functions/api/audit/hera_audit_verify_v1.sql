-- hera_audit_verify_v1: has the audit trail of an organization been altered?
-- Caller: API, DBA.  Reads the whole trail (about 100,000 rows a second).  Errors: PT400 anchor.unknown, anchor.invalid; PT403.
create or replace function public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_faults jsonb;
  v_head jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_audit_verify_v1', 'CALL');
  perform hera_internal.check_keys('anchor', p_anchor, array['seal_no', 'hash', 'sealed_at']);
  if p_anchor <> '{}' and (coalesce(p_anchor ->> 'seal_no', '') !~ '^[0-9]{1,18}$'
    or coalesce(p_anchor ->> 'hash', '') !~ '^[0-9a-f]{64}$') then
    perform hera_internal.fail(400, 'anchor.invalid', 'anchor must hold seal_no and hash',
      'Pass the head of an earlier answer of this function.');
  end if;
  select coalesce(jsonb_agg(to_jsonb(f) order by f.seal_no, f.fault, f.row_id), '[]') into v_faults
  from (
    select * from hera_internal.audit_chain_faults(p_organization_id)
    union all
    select * from hera_internal.audit_head_faults(p_organization_id, p_anchor)) f;
  select jsonb_build_object('seal_no', s.seal_no, 'hash', encode(s.hash, 'hex'), 'sealed_at', s.sealed_at) into v_head
  from hera.audit_seals s
  where s.organization_id = p_organization_id
  order by s.seal_no desc
  limit 1;
  return jsonb_build_object(
    'success', true, 'intact', v_faults = '[]', 'faults_count', jsonb_array_length(v_faults),
    'faults', jsonb_path_query_array(v_faults, '$[0 to 99]'), 'head', v_head,
    'rows', (select count(*) from hera.audit_log l where l.organization_id = p_organization_id),
    'pending', (select count(*) from hera.audit_pending p where p.organization_id = p_organization_id));
end
$$;
revoke all on function public.hera_audit_verify_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_audit_verify_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_audit_verify_v1(uuid, uuid, jsonb) is
$doc$Checks the hash chain of an organization's audit trail. p_anchor: the head of an earlier answer, kept outside of the database: a chain
that does not reach it was cut or rewritten. Rows that are still pending (since the last hera_audit_seal_v1) can't be vouched for.

Answers {success, intact, faults_count, faults: [{fault, seal_no, row_id}] (the first 100), head: {seal_no, hash, sealed_at}, rows,
pending}.
Faults: row_changed, row_deleted, row_inserted, seal_changed, seal_missing, chain_broken (a seal was replaced), head_cut, tail_cut.
Errors: PT400 anchor.unknown or anchor.invalid, PT403.

select hera_audit_verify_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
