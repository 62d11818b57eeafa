-- hera_internal.queue_replay: put the next p_count deliveries of a replay into the outbox. Answers how many; the others are skipped.
-- The caller holds the job's row and the lock of its webhook, so nobody else queues a delivery that stands nowhere; dead letters are
-- guarded by their rows. Attempts continue where they were, up to 250.
create or replace function hera_internal.queue_replay(p_job hera.replay_jobs, p_count int)
returns int
language plpgsql
volatile
as $$
declare
  v_from constant int := p_job.queued + p_job.skipped;
  v_ids uuid[];
  v_ordering text;
  v_webhook_no int;
  v_queued int;
begin
  select w.ordering, w.webhook_no into v_ordering, v_webhook_no
  from hera.webhooks w
  where w.organization_id = p_job.organization_id and w.id = p_job.webhook_id;
  select array_agg(i.delivery_id order by i.position) into v_ids
  from hera.replay_items i
  where i.organization_id = p_job.organization_id and i.job_id = p_job.id and i.position > v_from and i.position <= v_from + p_count;

  with chosen as materialized (
    select i.delivery_id, d.delivery_id is not null as dead, greatest(d.attempts, t.attempts, 0) as base
    from unnest(v_ids) as i (delivery_id)
    join hera.events e on e.organization_id = p_job.organization_id and e.id = hera_internal.delivery_event_id(i.delivery_id)
    left join hera.dead_letters d on d.organization_id = p_job.organization_id and d.delivery_id = i.delivery_id
    cross join lateral (
      select max(a.attempt) as attempts
      from hera.attempts a
      where a.delivery_id = i.delivery_id and a.organization_id = p_job.organization_id
        and a.started_at >= hera_internal.id_time(i.delivery_id) - interval '1 hour') t
    where i.delivery_id not in (select hera_internal.under_way(p_job.organization_id, v_ids[1], v_ids[cardinality(v_ids)]))
  ), revived as (
    delete from hera.dead_letters d
    using chosen c
    where d.organization_id = p_job.organization_id and d.delivery_id = c.delivery_id and c.dead and c.base < 250
    returning d.delivery_id
  ), queued as (
    select c.delivery_id, c.base
    from chosen c
    left join revived r on r.delivery_id = c.delivery_id
    where c.base < 250 and (not c.dead or r.delivery_id is not null)
  ), ready as (
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_job.organization_id, q.delivery_id, q.base + 1, q.base from queued q where v_ordering = 'none' order by q.delivery_id
  ), waiting as (
    insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
    select p_job.organization_id, v_webhook_no, q.delivery_id, q.base from queued q where v_ordering = 'fifo' order by q.delivery_id
  )
  select count(*) into v_queued from queued;
  return v_queued;
end
$$;
grant execute on function hera_internal.queue_replay(hera.replay_jobs, int) to hera_worker_owner;
comment on function hera_internal.queue_replay(hera.replay_jobs, int) is 'Queues the next deliveries of a replay.';
