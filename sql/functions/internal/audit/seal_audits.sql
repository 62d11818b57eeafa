-- hera_internal.seal_audits: seal the pending audit rows of every organization, about 20,000 a call.
-- The new heads are written into the platform's own audit trail as a witness: cutting off the tail of an organization's chain leaves
-- no trace in what remains of it, but the platform's chain still names the head.
-- Answers {sealed (rows), seals, organizations, pending}.
create or replace function hera_internal.seal_audits(p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_organization_id uuid;
  v_organizations uuid[] := array[]::uuid[];
  v_count int;
  v_rows int := 0;
  v_seals int := 0;
begin
  -- Two at once would both write the next seal of a chain.
  if pg_try_advisory_xact_lock(hashtextextended('hera.seal_audits', 0)) then
    for v_organization_id in select distinct p.organization_id from hera.audit_pending p order by p.organization_id
    loop
      loop
        v_count := hera_internal.seal_audit(v_organization_id, p_now);
        v_rows := v_rows + v_count;
        v_seals := v_seals + (v_count > 0)::int;
        exit when v_count < 1000 or v_rows >= 20000;
      end loop;
      v_organizations := v_organizations || v_organization_id;
      exit when v_rows >= 20000;
    end loop;

    perform hera_internal.audit(null, hera_internal.platform_id(), 'hera_audit_seal_v1', 'WITNESS', null,
      jsonb_build_object('heads', jsonb_object_agg(h.organization_id,
        jsonb_build_object('seal_no', h.seal_no, 'hash', encode(h.hash, 'hex')))))
    from (
      select distinct on (s.organization_id) s.organization_id, s.seal_no, s.hash
      from hera.audit_seals s
      where s.organization_id = any (v_organizations) and s.organization_id <> hera_internal.platform_id()
      order by s.organization_id, s.seal_no desc) h
    having count(*) > 0;
  end if;
  return jsonb_build_object('sealed', v_rows, 'seals', v_seals, 'organizations', cardinality(v_organizations),
    'pending', (select count(*) from hera.audit_pending));
end
$$;
grant execute on function hera_internal.seal_audits(timestamptz) to hera_worker_owner;
comment on function hera_internal.seal_audits(timestamptz) is 'Seals pending audit rows of all organizations.';
