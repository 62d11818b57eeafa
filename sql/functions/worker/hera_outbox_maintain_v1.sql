-- hera_outbox_maintain_v1: housekeeping that a schedule runs: counts for monitoring, seals audit trails, applies retention, makes and
-- drops partitions.
-- Caller: outbox poller at start and every few minutes, DBA.  Writes: audit_seals, audit_pending, and deletes what retention has outlived.
-- Locks: making and dropping partitions locks events and attempts for a moment; it comes last, so the locks are not held for long.
-- Safe to run at any time and side by side: each step is done by one at a time.
create or replace function public.hera_outbox_maintain_v1()
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_step text;
  v_done jsonb := jsonb '{}';
begin
  foreach v_step in array array['monitoring', 'audit', 'retention', 'partitions']
  loop
    v_done := v_done || jsonb_build_object(v_step, hera_internal.maintenance_step(v_step, v_now));
  end loop;
  return jsonb_build_object(
    'success', not jsonb_path_exists(v_done, '$.*.fault'),
    'partitions_made', coalesce(v_done #> '{partitions,made}', '0')) || v_done;
end
$$;
revoke all on function public.hera_outbox_maintain_v1() from public;
grant execute on function public.hera_outbox_maintain_v1() to hera_worker, hera_dba;
comment on function public.hera_outbox_maintain_v1() is
$doc$Counts the open hours for monitoring, seals audit trails, deletes what retention has outlived, makes the partitions of the next 14 days and drops those that nobody keeps.
Bounded: run it about every ten minutes. A step that fails stops no other; success is false then.

Retention is settings.retention of the organization, else of the platform organization: days or "forever" for events (365), attempts (90),
dead_letters (365), replay_jobs (90), idempotency_keys (forever) and audit (forever; at least 90). An event that is still to be delivered,
or whose dead letter is kept, stays.

Answers {success, partitions_made, monitoring: {final_before, complete_before}, audit: {sealed, seals, organizations, pending}, retention: {deleted: {kind: rows}, more},
partitions: {made, dropped: […], busy: […]}}; a step that failed answers {fault, sqlstate}.

select jsonb_pretty(hera_outbox_maintain_v1());$doc$;
