-- hera_internal.take_ready: take the first p_limit ready deliveries after position p_cursor, and the position of the last of them.
-- Locks: rows of outbox_ready, skipping locked ones, so any number of workers take side by side.
create or replace function hera_internal.take_ready(
  p_limit int, p_cursor bigint, out cursor bigint, out batch hera_internal.outbox_batch)
language plpgsql
volatile
-- The table is empty as often as not, and a plan made then would scan and sort all of it when it is full.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
  with picked as materialized (
    select r.ctid as place
    from hera.outbox_ready r
    where r.position > p_cursor
    order by r.position
    limit p_limit
    for update skip locked
  ), taken as (
    delete from hera.outbox_ready r where r.ctid = any (array(select place from picked))
    returning r.position, r.organization_id, r.delivery_id, r.attempt, r.base_attempt
  )
  select max(t.position), array_agg(t.organization_id), array_agg(t.delivery_id), array_agg(t.attempt), array_agg(t.base_attempt)
  into cursor, batch.organization_ids, batch.delivery_ids, batch.attempts, batch.base_attempts
  from (select * from taken order by position) t;
end
$$;
grant execute on function hera_internal.take_ready(int, bigint) to hera_worker_owner;
comment on function hera_internal.take_ready(int, bigint) is 'Takes deliveries off the ready queue, in order.';
