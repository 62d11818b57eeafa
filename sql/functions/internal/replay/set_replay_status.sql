-- hera_internal.set_replay_status: pause, resume or cancel a replay. What it has queued goes its way.
-- Errors: PT400 replay.invalid; PT404 not_found; PT409 replay.finished, webhook.inactive.
create or replace function hera_internal.set_replay_status(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_job_id uuid)
returns hera.replay_jobs
language plpgsql
volatile
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_job hera.replay_jobs;
begin
  select * into v_job from hera.replay_jobs j where j.organization_id = p_organization_id and j.id = p_job_id for update;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such replay.', 'LIST shows the replays.');
  elsif v_job.finished_at is not null then
    perform hera_internal.fail(409, 'replay.finished', 'The replay is ' || v_job.status || '.', 'CREATE makes a new one.');
  elsif p_operation = 'RESUME' and not exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.id = v_job.webhook_id and w.status = 'active') then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook is not active.', 'Enable it with ENABLE of hera_webhook_config_v1.');
  end if;
  update hera.replay_jobs j set
    status = case p_operation when 'PAUSE' then 'paused' when 'RESUME' then 'running' else 'cancelled' end,
    status_reason = null,
    -- A pause saves up no rate.
    spent_until = greatest(j.spent_until, v_now - interval '1 second'),
    finished_at = case when p_operation = 'CANCEL' then v_now end,
    updated_at = v_now, updated_by = p_actor_user_id
  where j.organization_id = p_organization_id and j.id = p_job_id
  returning * into v_job;
  return v_job;
end
$$;
comment on function hera_internal.set_replay_status(uuid, uuid, text, uuid) is 'Pauses, resumes or cancels a replay.';
