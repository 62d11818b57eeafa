-- hera_internal.create_replay: make a replay; what it sends is fixed now, in one statement and so under one snapshot.
-- Errors: PT409 webhook.inactive, replay.empty, replay.too_many.
create or replace function hera_internal.create_replay(
  p_actor_user_id uuid, p_organization_id uuid, p_plan hera_internal.replay_plan, p_request jsonb)
returns hera.replay_jobs
language plpgsql
volatile
as $$
declare
  v_most constant int := 100000;
  v_now timestamptz := hera_internal.now();
  v_job hera.replay_jobs;
begin
  if not exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_plan.webhook_id and w.status = 'active') then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook is not active.', 'Enable it with ENABLE of hera_webhook_config_v1.');
  end if;
  insert into hera.replay_jobs (
    organization_id, id, webhook_id, kind, request, status, per_second, spent_until, total, created_at, created_by, updated_at, updated_by)
  values (p_organization_id, hera_internal.new_id(v_now), p_plan.webhook_id, p_plan.kind, p_request, 'running', p_plan.per_second,
    v_now - interval '1 second', 0, v_now, p_actor_user_id, v_now, p_actor_user_id)
  returning * into v_job;

  -- In the order of the events, which fifo webhooks keep.
  insert into hera.replay_items (organization_id, job_id, position, delivery_id)
  select p_organization_id, v_job.id, row_number() over (order by c.delivery_id), c.delivery_id
  from hera_internal.replay_candidates(p_organization_id, p_plan, v_most + 1) as c (delivery_id);
  get diagnostics v_job.total = row_count;

  if v_job.total = 0 then
    perform hera_internal.fail(409, 'replay.empty', 'There is nothing to send again.', 'COUNT tells how many there are.');
  elsif v_job.total > v_most then
    perform hera_internal.fail(409, 'replay.too_many', format('A replay sends at most %s deliveries.', v_most),
      'Narrow it with since and until.');
  end if;
  update hera.replay_jobs j set total = v_job.total where j.organization_id = p_organization_id and j.id = v_job.id;
  return v_job;
end
$$;
comment on function hera_internal.create_replay(uuid, uuid, hera_internal.replay_plan, jsonb) is 'Makes a replay with its deliveries.';
