-- as hera_worker_owner
-- hera_internal.held_leases: the batches that workers hold, the oldest first. is_over: its time has passed; the next claim takes it back.
create or replace function hera_internal.held_leases(p_limit int)
returns table (lease_id bigint, worker text, leased_at timestamptz, leased_until timestamptz, is_over boolean, deliveries int, organizations int)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return query
  select l.id, l.worker, l.leased_at, l.leased_until, l.leased_until < hera_internal.now(), cardinality(l.delivery_ids),
    (select count(distinct o)::int from unnest(l.organization_ids) o)
  from hera.outbox_leases l
  order by l.leased_at, l.id
  limit p_limit;
end
$$;
grant execute on function hera_internal.held_leases(int) to hera_owner, hera_dba;
comment on function hera_internal.held_leases(int) is 'Batches that workers hold.';
