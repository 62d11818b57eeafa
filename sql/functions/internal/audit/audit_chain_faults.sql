-- hera_internal.audit_chain_faults: what is wrong with the seals and rows of an organization's audit trail.
--   seal_missing  seals between two others are gone      seal_changed  a seal does not have its hash
--   chain_broken  a seal was replaced: the next one names another hash
--   row_deleted, row_changed   a sealed row is gone or differs      row_inserted  a row is neither sealed nor pending
--   head_cut      the first seals are gone, and retention has not recorded that it removed them
create or replace function hera_internal.audit_chain_faults(p_organization_id uuid)
returns table (fault text, seal_no bigint, row_id uuid)
language sql
stable
as $$
  with seal as materialized (
    select s.*, lag(s.seal_no) over w as before_no, lag(s.hash) over w as before_hash
    from hera.audit_seals s
    where s.organization_id = p_organization_id
    window w as (order by s.seal_no)
  ), member as materialized (
    select s.seal_no, m.id, m.hash
    from seal s
    cross join unnest(s.ids, s.row_hashes) as m (id, hash)
  )
  select 'seal_missing', s.before_no + 1, null::uuid from seal s where s.before_no < s.seal_no - 1
  union all
  select 'seal_changed', s.seal_no, null
  from seal s
  where s.hash <> hera_internal.audit_seal_hash(s.organization_id, s.seal_no, s.sealed_at, s.ids, s.row_hashes, s.previous_hash)
    or cardinality(s.ids) <> cardinality(s.row_hashes)
  union all
  select 'chain_broken', s.seal_no, null from seal s where s.before_no = s.seal_no - 1 and s.previous_hash <> s.before_hash
  union all
  select 'head_cut', s.seal_no - 1, null
  from seal s
  where s.before_no is null and (s.seal_no > 1 or s.previous_hash <> '')
    and not exists (
      select from hera.audit_log l
      where l.organization_id = p_organization_id and l.function_name = 'hera_outbox_maintain_v1' and l.operation = 'PURGE_AUDIT'
        and l.detail @> jsonb_build_object('to_seal', s.seal_no - 1, 'hash', encode(s.previous_hash, 'hex')))
  union all
  select case when l.id is null then 'row_deleted' else 'row_changed' end, m.seal_no, m.id
  from member m
  left join hera.audit_log l on l.organization_id = p_organization_id and l.id = m.id
  where l.id is null or m.hash <> hera_internal.audit_row_hash(l)
  union all
  select 'row_inserted', null, l.id
  from hera.audit_log l
  where l.organization_id = p_organization_id
    and not exists (select from member m where m.id = l.id)
    and not exists (select from hera.audit_pending p where p.organization_id = p_organization_id and p.id = l.id);
$$;
comment on function hera_internal.audit_chain_faults(uuid) is 'Faults of an organization''s audit trail.';
