-- hera_internal.purge_audit: take seals that are older than p_before, with their rows, off the beginning of an organization's chain. The
-- newest seal stays, so the chain goes on; an audit row vouches for the cut. Policies refuse anything younger than 90 days.
-- Answers the number of rows removed.
create or replace function hera_internal.purge_audit(p_organization_id uuid, p_before timestamptz, p_limit int)
returns int
language plpgsql
volatile
as $$
declare
  v_ids uuid[];
  v_last hera.audit_seals;
  v_rows int;
begin
  -- Whole seals, at least one of 1000 rows at most, so that the limit is kept roughly.
  select * into v_last
  from hera.audit_seals s
  where s.organization_id = p_organization_id
    and s.seal_no in (
      select x.seal_no
      from hera.audit_seals x
      where x.organization_id = p_organization_id and x.sealed_at < p_before
        and exists (select from hera.audit_seals n where n.organization_id = p_organization_id and n.seal_no > x.seal_no)
      order by x.seal_no
      limit greatest(1, p_limit / 1000))
  order by s.seal_no desc
  limit 1;
  if v_last.seal_no is null then
    return 0;
  end if;
  with gone as (
    delete from hera.audit_seals s where s.organization_id = p_organization_id and s.seal_no <= v_last.seal_no returning s.ids
  )
  select array_agg(i) into v_ids from gone cross join unnest(gone.ids) i;
  delete from hera.audit_log l where l.organization_id = p_organization_id and l.id = any (v_ids);
  get diagnostics v_rows = row_count;
  perform hera_internal.audit(null, p_organization_id, 'hera_outbox_maintain_v1', 'PURGE_AUDIT', null,
    jsonb_build_object('to_seal', v_last.seal_no, 'hash', encode(v_last.hash, 'hex'), 'rows', v_rows));
  return v_rows;
end
$$;
grant execute on function hera_internal.purge_audit(uuid, timestamptz, int) to hera_worker_owner;
comment on function hera_internal.purge_audit(uuid, timestamptz, int) is 'Applies retention to an audit trail.';
