-- hera_internal.under_way: the deliveries from p_low to p_high that are still to be sent, or being sent, of one
-- organization or (null) of all.
create or replace function hera_internal.under_way(p_organization_id uuid, p_low uuid, p_high uuid)
returns setof uuid
language sql
stable
as $$
  select r.delivery_id from hera.outbox_ready r
  where (p_organization_id is null or r.organization_id = p_organization_id) and r.delivery_id between p_low and p_high
  union all
  select s.delivery_id from hera.outbox_scheduled s
  where (p_organization_id is null or s.organization_id = p_organization_id) and s.delivery_id between p_low and p_high
  union all
  select f.delivery_id from hera.outbox_fifo_wait f
  where (p_organization_id is null or f.organization_id = p_organization_id) and f.delivery_id between p_low and p_high
  union all
  select m.delivery_id
  from hera.outbox_leases l
  cross join unnest(l.organization_ids, l.delivery_ids) as m (organization_id, delivery_id)
  where (p_organization_id is null or m.organization_id = p_organization_id) and m.delivery_id between p_low and p_high;
$$;
grant execute on function hera_internal.under_way(uuid, uuid, uuid) to hera_worker_owner;
comment on function hera_internal.under_way(uuid, uuid, uuid) is 'Delivery ids that are pending, scheduled or in flight.';
