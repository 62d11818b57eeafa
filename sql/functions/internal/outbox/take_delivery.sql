-- hera_internal.take_delivery: take a delivery out of wherever it waits, to put it somewhere else.
-- Answers its organization and attempts so far; null where it does not wait.
-- Errors: PT409 delivery.leased while a worker holds it.
create or replace function hera_internal.take_delivery(
  p_delivery_id uuid, out organization_id uuid, out attempts smallint, out base_attempt smallint)
language plpgsql
volatile
as $$
#variable_conflict use_column
begin
  if exists (select from hera.outbox_leases l where p_delivery_id = any (l.delivery_ids)) then
    perform hera_internal.fail(409, 'delivery.leased', 'A worker is sending this delivery.', 'Try again when its lease is over.');
  end if;
  with ready as (
    delete from hera.outbox_ready r where r.delivery_id = p_delivery_id returning r.organization_id, r.attempt - 1 as attempts, r.base_attempt
  ), scheduled as (
    delete from hera.outbox_scheduled s where s.delivery_id = p_delivery_id returning s.organization_id, s.attempt - 1 as attempts, s.base_attempt
  ), waiting as (
    delete from hera.outbox_fifo_wait f where f.delivery_id = p_delivery_id returning f.organization_id, f.base_attempt as attempts, f.base_attempt
  ), dead as (
    delete from hera.dead_letters d where d.delivery_id = p_delivery_id returning d.organization_id, d.attempts, d.attempts as base_attempt
  )
  select x.organization_id, x.attempts::smallint, x.base_attempt::smallint
  into take_delivery.organization_id, take_delivery.attempts, take_delivery.base_attempt
  from (select * from ready union all select * from scheduled union all select * from waiting union all select * from dead) x
  limit 1;
end
$$;
grant execute on function hera_internal.take_delivery(uuid) to hera_worker_owner;
comment on function hera_internal.take_delivery(uuid) is 'Removes a waiting delivery from its place.';
