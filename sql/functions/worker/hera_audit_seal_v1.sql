-- hera_audit_seal_v1: take audit rows that are pending into the hash chains of their organizations.
-- Caller: hera_outbox_maintain_v1 does the same; a DBA before an inspection.  Writes: audit_seals, audit_pending, audit_log.
-- Locks: one sealing at a time; another one answers at once and seals nothing. Audited calls are never waited for and never wait.
create or replace function public.hera_audit_seal_v1()
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return jsonb_build_object('success', true) || hera_internal.seal_audits(hera_internal.now());
end
$$;
revoke all on function public.hera_audit_seal_v1() from public;
grant execute on function public.hera_audit_seal_v1() to hera_worker, hera_dba;
comment on function public.hera_audit_seal_v1() is
$doc$Seals the pending rows of all audit trails, about 20,000 a call. What is sealed can't be altered unnoticed: see hera_audit_verify_v1.
Until then, at most for the time between two maintenances, an alteration can't be seen.
Answers {success, sealed (rows), seals, organizations, pending (rows still to be sealed)}.

select hera_audit_seal_v1();$doc$;
