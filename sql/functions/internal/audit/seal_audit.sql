-- hera_internal.seal_audit: take up to 1000 pending rows of an organization into a new seal. Answers its number of rows.
-- The caller holds the lock of hera_internal.seal_audits: a chain has one head.
-- A row that is pending but gone from audit_log is sealed with an empty hash, so that verifying tells of it.
create or replace function hera_internal.seal_audit(p_organization_id uuid, p_now timestamptz)
returns int
language plpgsql
volatile
as $$
declare
  v_ids uuid[];
  v_hashes bytea[];
  v_no bigint;
  v_previous bytea;
begin
  with taken as (
    delete from hera.audit_pending p
    where p.organization_id = p_organization_id and p.id = any (array(
      select x.id from hera.audit_pending x where x.organization_id = p_organization_id order by x.id limit 1000))
    returning p.id
  )
  select array_agg(t.id order by t.id),
    array_agg(case when l.id is null then '' else hera_internal.audit_row_hash(l) end order by t.id)
  into v_ids, v_hashes
  from taken t
  left join hera.audit_log l on l.organization_id = p_organization_id and l.id = t.id;
  if v_ids is null then
    return 0;
  end if;

  select s.seal_no, s.hash into v_no, v_previous
  from hera.audit_seals s
  where s.organization_id = p_organization_id
  order by s.seal_no desc
  limit 1;
  v_no := coalesce(v_no, 0) + 1;
  v_previous := coalesce(v_previous, '');
  insert into hera.audit_seals (organization_id, seal_no, sealed_at, ids, row_hashes, previous_hash, hash)
  values (p_organization_id, v_no, p_now, v_ids, v_hashes, v_previous,
    hera_internal.audit_seal_hash(p_organization_id, v_no, p_now, v_ids, v_hashes, v_previous));
  return cardinality(v_ids);
end
$$;
grant execute on function hera_internal.seal_audit(uuid, timestamptz) to hera_worker_owner;
comment on function hera_internal.seal_audit(uuid, timestamptz) is 'Makes one seal of an organization''s audit trail.';
