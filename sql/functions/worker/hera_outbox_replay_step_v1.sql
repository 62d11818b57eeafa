-- hera_outbox_replay_step_v1: advance the replays that are running, each as far as its rate allows.
-- Caller: outbox poller with each tick.  Writes: replay_jobs, outbox_ready, outbox_fifo_wait, dead_letters (deletes).
-- Locks: the jobs, skipping those that another worker advances; hera.retention, shared: nothing is queued while events are deleted.
-- Errors: PT400 outbox.bad_limit.
create or replace function public.hera_outbox_replay_step_v1(p_limit int default 500)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_left int := p_limit;
  v_jobs int := 0;
  v_count int;
  v_job hera.replay_jobs;
begin
  if p_limit is null or p_limit not between 1 and 10000 then
    perform hera_internal.fail(400, 'outbox.bad_limit', 'p_limit must be from 1 to 10000', null);
  end if;
  if exists (select from hera.replay_jobs j where j.status = 'running')
    and pg_try_advisory_xact_lock_shared(hashtextextended('hera.retention', 0)) then
    -- Who has waited longest comes first.
    for v_job in select j.* from hera.replay_jobs j where j.status = 'running' order by j.spent_until limit 100 for update skip locked
    loop
      v_count := hera_internal.advance_replay(v_job, v_left, v_now);
      v_left := v_left - v_count;
      v_jobs := v_jobs + (v_count > 0)::int;
      exit when v_left = 0;
    end loop;
  end if;
  return jsonb_build_object('success', true, 'jobs', v_jobs, 'advanced', p_limit - v_left);
end
$$;
revoke all on function public.hera_outbox_replay_step_v1(int) from public;
grant execute on function public.hera_outbox_replay_step_v1(int) to hera_worker, hera_dba;
comment on function public.hera_outbox_replay_step_v1(int) is
$doc$Puts up to p_limit (1 to 10000) deliveries of running replays into the outbox, as far as their rates allow. Call it with each tick.
Answers {success, jobs (that went on), advanced (deliveries queued or skipped)}. Errors: PT400 outbox.bad_limit.

select hera_outbox_replay_step_v1();$doc$;
