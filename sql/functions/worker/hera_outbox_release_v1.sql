-- hera_outbox_release_v1: give claimed deliveries back that were not sent. No attempt is counted.
-- Caller: outbox poller that stops.  Writes: outbox_leases, outbox_ready.
create or replace function public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[])
returns int
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_released uuid[];
begin
  perform from hera.outbox_leases l where l.id = any (p_lease_ids) order by l.id for update;
  with back as (
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select l.organization_ids[p.at], r.delivery_id, l.attempts[p.at], l.base_attempts[p.at]
    from (select distinct x.lease_id, x.delivery_id from unnest(p_lease_ids, p_delivery_ids) as x (lease_id, delivery_id)) r
    join hera.outbox_leases l on l.id = r.lease_id
    cross join lateral (select array_position(l.delivery_ids, r.delivery_id) as at offset 0) p
    where p.at is not null
    returning delivery_id
  )
  select array_agg(b.delivery_id) into v_released from back b;
  if v_released is not null then
    perform hera_internal.leave_leases(p_lease_ids, v_released);
  end if;
  return coalesce(cardinality(v_released), 0);
end
$$;
revoke all on function public.hera_outbox_release_v1(bigint[], uuid[]) from public;
grant execute on function public.hera_outbox_release_v1(bigint[], uuid[]) to hera_worker, hera_dba;
comment on function public.hera_outbox_release_v1(bigint[], uuid[]) is
$doc$Gives claimed deliveries back unsent. Parallel arrays of lease and delivery ids. Answers how many were given back.

select hera_outbox_release_v1('{1}', '{0199c1c2-0000-7000-8000-000000000100}');$doc$;
