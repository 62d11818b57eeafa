-- hera_internal.leave_leases: take deliveries out of leases; a lease that is empty then is deleted.
create or replace function hera_internal.leave_leases(p_lease_ids bigint[], p_delivery_ids uuid[])
returns void
language plpgsql
volatile
as $$
declare
  v_emptied int;
begin
  delete from hera.outbox_leases l where l.id = any (p_lease_ids) and l.delivery_ids <@ p_delivery_ids;
  get diagnostics v_emptied = row_count;
  if v_emptied = cardinality(p_lease_ids) then
    return;
  end if;

  update hera.outbox_leases l
  set organization_ids = k.organization_ids, delivery_ids = k.delivery_ids, attempts = k.attempts, base_attempts = k.base_attempts
  from hera.outbox_leases o
  cross join lateral (
    select array_agg(m.organization_id) as organization_ids, array_agg(m.delivery_id) as delivery_ids,
      array_agg(m.attempt) as attempts, array_agg(m.base_attempt) as base_attempts
    from unnest(o.organization_ids, o.delivery_ids, o.attempts, o.base_attempts) as m (organization_id, delivery_id, attempt, base_attempt)
    where m.delivery_id <> all (p_delivery_ids)) k
  where o.id = any (p_lease_ids) and l.id = o.id and k.delivery_ids is not null;
end
$$;
grant execute on function hera_internal.leave_leases(bigint[], uuid[]) to hera_worker_owner;
comment on function hera_internal.leave_leases(bigint[], uuid[]) is 'Removes deliveries from leases.';
