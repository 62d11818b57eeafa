-- hera_internal.audit_head_faults: does the chain still reach as far as others know it did? A cut tail can't be seen in what remains.
-- Witnesses are the platform's audit trail (see hera_internal.seal_audits) and p_anchor: {seal_no, hash} of an earlier verification that
-- the caller kept.  Faults: tail_cut, seal_changed.
create or replace function hera_internal.audit_head_faults(p_organization_id uuid, p_anchor jsonb)
returns table (fault text, seal_no bigint, row_id uuid)
language plpgsql
volatile
as $$
declare
  v_head hera.audit_seals;
  v_witness jsonb;
begin
  select * into v_head
  from hera.audit_seals s
  where s.organization_id = p_organization_id
  order by s.seal_no desc
  limit 1;

  -- A seal vouches for those before it, so witnesses of the last months do, and for a chain that has rested longer those since its head.
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select jsonb_agg(l.detail #> array['heads', p_organization_id::text]) into v_witness
  from hera.audit_log l
  where l.organization_id = hera_internal.platform_id() and l.function_name = 'hera_audit_seal_v1'
    and l.id >= hera_internal.id_floor(least(coalesce(v_head.sealed_at, '1970-01-01'), hera_internal.now() - interval '90 days'))
    and l.detail #> array['heads', p_organization_id::text] is not null;
  perform hera_internal.set_tenant(p_organization_id);

  return query
  select case when k.no > coalesce(v_head.seal_no, 0) then 'tail_cut' else 'seal_changed' end, k.no, null::uuid
  from (
    select distinct (w ->> 'seal_no')::bigint as no, w ->> 'hash' as hash
    from jsonb_array_elements(coalesce(v_witness, '[]') || coalesce(nullif(p_anchor, '{}'), '[]')) w) k
  left join hera.audit_seals s on s.organization_id = p_organization_id and s.seal_no = k.no
  -- What retention removed is vouched for by the seals after it.
  where k.no > coalesce(v_head.seal_no, 0) or encode(s.hash, 'hex') <> k.hash;
end
$$;
comment on function hera_internal.audit_head_faults(uuid, jsonb) is 'Faults that only witnesses outside of a chain can tell of.';
