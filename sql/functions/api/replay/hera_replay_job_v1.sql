-- hera_replay_job_v1: send deliveries again, as a job that goes at a given rate and can be stopped.
-- Caller: API, DBA.  Writes: replay_jobs, replay_items, idempotent_calls, audit_log; hera_outbox_replay_step_v1 sends.
-- Errors: PT400 operation.unknown, replay.unknown, replay.invalid, field.invalid, filter.unknown, filter.invalid; PT403; PT404 not_found;
--   PT409 webhook.inactive, replay.empty, replay.too_many, replay.finished; PT422 idempotency.mismatch.
create or replace function public.hera_replay_job_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_operation text default 'LIST', p_replay jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_replay_job_v1';
  v_key text;
  v_answer jsonb;
  v_plan hera_internal.replay_plan;
  v_job hera.replay_jobs;
  v_filter record;
  v_rows jsonb;
begin
  if p_operation is null or p_operation not in ('COUNT', 'CREATE', 'GET', 'LIST', 'CANCEL', 'PAUSE', 'RESUME') then
    perform hera_internal.unknown_operation(p_operation, 'COUNT, CREATE, GET, LIST, CANCEL, PAUSE, RESUME');
  end if;
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('replay', p_replay);
  p_replay := p_replay - 'idempotency_key';
  if p_operation not in ('COUNT', 'GET', 'LIST') then
    v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, jsonb_build_array(p_operation, p_replay));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;

  if p_operation = 'LIST' then
    v_filter := hera_internal.list_filter(p_replay, array['webhook_id', 'status']);
    select coalesce(jsonb_agg(hera_internal.replay_json(x) order by x.id desc), '[]') into v_rows
    from (
      select j.*
      from hera.replay_jobs j
      where j.organization_id = p_organization_id and j.id < v_filter.cursor_id
        and (v_filter.webhook_id is null or j.webhook_id = v_filter.webhook_id)
        and (v_filter.status is null or j.status = v_filter.status)
      order by j.id desc
      limit v_filter.max_rows) x;
    return hera_internal.list_answer('replays', v_rows, v_filter.max_rows);
  elsif p_operation in ('COUNT', 'CREATE') then
    v_plan := hera_internal.replay_plan(p_organization_id, p_replay);
    if p_operation = 'COUNT' then
      return jsonb_build_object('success', true, 'kind', v_plan.kind, 'webhook_id', v_plan.webhook_id, 'since', v_plan.since,
        'count', (select count(*) from hera_internal.replay_candidates(p_organization_id, v_plan, 1000000)));
    end if;
    v_job := hera_internal.create_replay(p_actor_user_id, p_organization_id, v_plan, p_replay);
  else
    perform hera_internal.check_keys('replay', p_replay, array['id']);
    v_job.id := hera_internal.to_uuid('replay.id', p_replay ->> 'id');
    if p_operation = 'GET' then
      select * into v_job from hera.replay_jobs j where j.organization_id = p_organization_id and j.id = v_job.id;
      if not found then
        perform hera_internal.fail(404, 'not_found', 'No such replay.', 'LIST shows the replays.');
      end if;
    else
      v_job := hera_internal.set_replay_status(p_actor_user_id, p_organization_id, p_operation, v_job.id);
    end if;
  end if;
  if p_operation <> 'GET' then
    perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_job.id,
      p_replay || jsonb_build_object('total', v_job.total));
  end if;
  return hera_internal.keep_answer(p_organization_id, v_name, case when p_operation <> 'GET' then v_key end,
    jsonb_build_object('success', true, 'replay', hera_internal.replay_json(v_job)));
end
$$;
revoke all on function public.hera_replay_job_v1(uuid, uuid, text, jsonb) from public;
grant execute on function public.hera_replay_job_v1(uuid, uuid, text, jsonb) to hera_api, hera_dba;
comment on function public.hera_replay_job_v1(uuid, uuid, text, jsonb) is
$doc$Replays as jobs: COUNT (how many it would send), CREATE, GET, LIST, PAUSE, RESUME, CANCEL.

p_replay of COUNT and CREATE: {delivery_id} for one delivery, delivered or dead; or webhook_id with dead_letters: true; or with since:
whatever was sent to it; or with missed: true: events that the webhook as it is now would get and has no delivery of, as far back as attempts and
dead letters are kept. since and until are times of the events; per_second (0.1 to 1000, default 50).
Of GET, PAUSE, RESUME, CANCEL: {id}. Of LIST: {limit (1 to 1000, default 50), cursor, webhook_id, status}.
idempotency_key in it: the same key with the same call answers the first one with duplicate: true and writes nothing.

A replay sends at most 100,000 deliveries, fixed when it is made, each under its old webhook-id with a new set of attempts. Skipped are
those that are under way already when their turn comes, were tried 250 times, or whose event retention has taken. It pauses by itself
(status_reason) when its webhook is no longer active.
Answers {success, count, kind, webhook_id, since}, {success, replays: […], next_cursor} or {success, replay: {id, kind, webhook_id,
request, status (running, paused, cancelled, completed), status_reason, per_second, total, queued, skipped, remaining, created_at, created_by,
updated_at, finished_at}}.
Errors: PT400 operation.unknown, replay.invalid, replay.unknown, field.invalid, PT403, PT404 not_found, PT409 webhook.inactive,
replay.empty, replay.too_many or replay.finished, PT422 idempotency.mismatch.

select hera_replay_job_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'LIST', '{"status": "running"}');$doc$;
