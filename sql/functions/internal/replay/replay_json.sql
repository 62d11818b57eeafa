-- hera_internal.replay_json: a replay as hera_replay_job_v1 answers it.
create or replace function hera_internal.replay_json(p_job hera.replay_jobs)
returns jsonb
language sql
immutable
return jsonb_build_object(
  'id', p_job.id, 'kind', p_job.kind, 'webhook_id', p_job.webhook_id, 'request', p_job.request, 'status', p_job.status,
  'status_reason', p_job.status_reason, 'per_second', p_job.per_second, 'total', p_job.total, 'queued', p_job.queued,
  'skipped', p_job.skipped, 'remaining', p_job.total - p_job.queued - p_job.skipped, 'created_at', p_job.created_at,
  'created_by', p_job.created_by, 'updated_at', p_job.updated_at, 'finished_at', p_job.finished_at);
comment on function hera_internal.replay_json(hera.replay_jobs) is 'A replay as JSON.';
