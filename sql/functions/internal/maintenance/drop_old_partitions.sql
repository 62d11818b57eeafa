-- hera_internal.drop_old_partitions: drop the days of events, attempts and inbound requests that every organization's policy has outlived.
-- A day with an event that is still open stays. The caller has applied retention, and holds its lock.
-- Answers {dropped: […], busy: […]}; busy ones come with the next call.
create or replace function hera_internal.drop_old_partitions(p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_partition record;
  v_dropped text[] := array[]::text[];
  v_busy text[] := array[]::text[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('hera.retention', 0)) then
    return jsonb '{"dropped": [], "busy": []}';
  end if;
  for v_partition in
    select c.relname as name, k.kind, to_date(right(c.relname, 8), 'YYYYMMDD') as day
    from (
      select p.kind, max(p.days) as days
      from hera_internal.retention_policies() p
      where p.kind in ('events', 'attempts', 'inbound_requests')
      group by p.kind
      having not bool_or(p.days is null)) k
    join pg_catalog.pg_class c
      on c.relnamespace = 'hera'::regnamespace and c.relispartition and c.relkind = 'r' and c.relname ~ ('^' || k.kind || '_[0-9]{8}$')
    where (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' <= p_now - k.days * interval '1 day'
    order by c.relname
    limit 100
  loop
    continue when v_partition.kind = 'events' and exists (
      select from hera_internal.kept_events(null, hera_internal.id_floor(v_partition.day::timestamp at time zone 'UTC'),
        hera_internal.id_floor((v_partition.day + 1)::timestamp at time zone 'UTC')));
    if hera_internal.drop_partition(v_partition.kind, v_partition.day) then
      v_dropped := v_dropped || v_partition.name::text;
    else
      v_busy := v_busy || v_partition.name::text;
    end if;
  end loop;
  return jsonb_build_object('dropped', to_jsonb(v_dropped), 'busy', to_jsonb(v_busy));
end
$$;
grant execute on function hera_internal.drop_old_partitions(timestamptz) to hera_worker_owner;
comment on function hera_internal.drop_old_partitions(timestamptz) is 'Drops days that no policy keeps.';
