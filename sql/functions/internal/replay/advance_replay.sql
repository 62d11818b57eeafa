-- hera_internal.advance_replay: queue what a replay's rate allows, at most p_limit deliveries. Answers how many it went on.
-- The rate is kept as a moment up to which it is spent; ten seconds of it can be saved up, so a slow tick loses nothing.
-- The caller holds the job's row.
create or replace function hera_internal.advance_replay(p_job hera.replay_jobs, p_limit int, p_now timestamptz)
returns int
language plpgsql
volatile
as $$
declare
  v_spent timestamptz := greatest(p_job.spent_until,
    p_now - greatest(interval '10 seconds', 1 / p_job.per_second::float8 * interval '1 second'));
  v_left int := p_job.total - p_job.queued - p_job.skipped;
  v_count int := least(p_limit, v_left, floor(extract(epoch from p_now - v_spent) * p_job.per_second)::int);
  v_status text;
  v_queued int;
begin
  select w.status into v_status from hera.webhooks w where w.organization_id = p_job.organization_id and w.id = p_job.webhook_id;
  if v_status <> 'active' then
    update hera.replay_jobs j set status = 'paused', status_reason = 'webhook_' || v_status, updated_at = p_now
    where j.organization_id = p_job.organization_id and j.id = p_job.id;
    return 0;
  elsif v_count < 1 or not pg_try_advisory_xact_lock(hashtextextended('hera.replay.' || p_job.webhook_id, 0)) then
    -- Another replay of the webhook is at it.
    return 0;
  end if;
  v_queued := hera_internal.queue_replay(p_job, v_count);
  update hera.replay_jobs j set
    queued = j.queued + v_queued, skipped = j.skipped + v_count - v_queued,
    spent_until = v_spent + v_count / j.per_second::float8 * interval '1 second',
    status = case when v_count = v_left then 'completed' else j.status end,
    finished_at = case when v_count = v_left then p_now end,
    updated_at = p_now
  where j.organization_id = p_job.organization_id and j.id = p_job.id;
  return v_count;
end
$$;
grant execute on function hera_internal.advance_replay(hera.replay_jobs, int, timestamptz) to hera_worker_owner;
comment on function hera_internal.advance_replay(hera.replay_jobs, int, timestamptz) is 'Advances a replay.';
