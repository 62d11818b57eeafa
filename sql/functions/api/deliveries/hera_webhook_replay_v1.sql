-- hera_webhook_replay_v1: send dead letters again, each under its old delivery id (webhook-id) with a new set of attempts.
-- Caller: API, DBA.  Writes: dead_letters (deletes), outbox_ready, outbox_fifo_wait, idempotent_calls, audit_log.
-- Locks: the dead letters, so that two replays at once send once.
-- Errors: PT400 replay.invalid, replay.unknown; PT403; PT404 not_found; PT409 webhook.inactive; PT422 idempotency.mismatch.
create or replace function public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_name constant text := 'hera_webhook_replay_v1';
  v_key text;
  v_answer jsonb;
  v_ids uuid[];
  v_webhook_no int;
  v_found int;
  v_replayed int;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, 'CALL');
  v_key := hera_internal.call_key('replay', p_replay);
  p_replay := p_replay - 'idempotency_key';
  perform hera_internal.check_keys('replay', p_replay, array['delivery_ids', 'webhook_id']);
  if p_replay ? 'delivery_ids' = p_replay ? 'webhook_id' then
    perform hera_internal.fail(400, 'replay.invalid', 'replay needs delivery_ids or webhook_id',
      'Send {"delivery_ids": ["…"]} or {"webhook_id": "…"}.');
  elsif p_replay ? 'webhook_id' then
    v_webhook_no := hera_internal.webhook_no_of(p_organization_id, hera_internal.to_uuid('replay.webhook_id', p_replay ->> 'webhook_id'));
    if v_webhook_no is null then
      perform hera_internal.fail(400, 'replay.invalid', 'replay.webhook_id must be a UUID', null);
    end if;
  elsif jsonb_typeof(p_replay -> 'delivery_ids') <> 'array' or jsonb_array_length(p_replay -> 'delivery_ids') not between 1 and 1000 then
    perform hera_internal.fail(400, 'replay.invalid', 'replay.delivery_ids must be an array of 1 to 1000 ids', null);
  else
    select array_agg(distinct hera_internal.to_uuid('replay.delivery_ids', d)) into v_ids
    from jsonb_array_elements_text(p_replay -> 'delivery_ids') d;
  end if;

  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, p_replay);
  if v_answer is not null then
    return v_answer;
  end if;
  with chosen as materialized (
    select d.delivery_id, d.attempts, w.webhook_no, w.status, w.ordering
    from hera.dead_letters d
    join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
    where d.organization_id = p_organization_id
      and (v_ids is null or d.delivery_id = any (v_ids)) and (v_webhook_no is null or w.webhook_no = v_webhook_no)
    order by d.delivery_id
    limit 10000
    for update of d
  ), gone as (
    delete from hera.dead_letters d using chosen c
    where d.organization_id = p_organization_id and d.delivery_id = c.delivery_id and c.status = 'active' and c.attempts < 250
    returning d.delivery_id
  ), ready as (
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_organization_id, c.delivery_id, c.attempts + 1, c.attempts
    from chosen c join gone g using (delivery_id) where c.ordering = 'none' order by c.delivery_id
  ), waiting as (
    insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
    select p_organization_id, c.webhook_no, c.delivery_id, c.attempts
    from chosen c join gone g using (delivery_id) where c.ordering = 'fifo' order by c.delivery_id
  )
  select (select count(*) from chosen), (select count(*) from gone) into v_found, v_replayed;

  if v_ids is not null and v_found = 0 then
    perform hera_internal.fail(404, 'not_found', 'None of these deliveries is a dead letter.', 'hera_webhook_dead_letters_v1 shows them.');
  elsif v_found > 0 and v_replayed = 0 then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook of these deliveries is not active, or they were tried 250 times.',
      'Enable it with ENABLE of hera_webhook_config_v1.');
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, 'CALL', null,
    p_replay || jsonb_build_object('replayed', v_replayed));
  return hera_internal.keep_answer(p_organization_id, v_name, v_key, jsonb_build_object(
    'success', true, 'replayed', v_replayed, 'skipped', coalesce(cardinality(v_ids), v_found) - v_replayed));
end
$$;
revoke all on function public.hera_webhook_replay_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_webhook_replay_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_webhook_replay_v1(uuid, uuid, jsonb) is
$doc$Sends dead letters again under the same webhook-id, with a new set of attempts. p_replay: {delivery_ids: [1 to 1000]} or
{webhook_id} (up to 10,000 a call). Answers {success, replayed, skipped}; skipped ones are no dead letters (any more), belong to a webhook that
is not active, or were tried 250 times. p_replay.idempotency_key: the same key with the same call answers the first one with duplicate: true and
sends nothing. Errors: PT400 replay.invalid, PT403, PT404 not_found, PT409 webhook.inactive, PT422 idempotency.mismatch.

select hera_webhook_replay_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"delivery_ids": ["0199c1c2-0000-7000-8000-000000000100"]}');$doc$;
