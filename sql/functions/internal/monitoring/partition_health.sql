-- as hera_worker_owner
-- hera_internal.partition_health: the partitions of events, attempts and inbound requests: how many, from which day to which, how many days ahead of today
-- (UTC), estimated rows, dead rows, size, and whether anything had to fall into the default partition.
-- SECURITY DEFINER: the worker's owner sees every organization. For hera_dba, through the view hera_monitor_partitions, and
-- hera_monitor_database_v1.
create or replace function hera_internal.partition_health()
returns table (table_name text, partitions bigint, first_day date, last_day date, days_ahead int,
  estimated_rows bigint, dead_rows bigint, bytes bigint, default_holds_rows boolean)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return query
  select p.parent, count(p.day), min(p.day), max(p.day), max(p.day) - (hera_internal.now() at time zone 'UTC')::date,
    sum(p.n_live_tup)::bigint, sum(p.n_dead_tup)::bigint, sum(pg_total_relation_size(p.relid))::bigint,
    case p.parent
      when 'events' then exists (select from hera.events_default)
      when 'attempts' then exists (select from hera.attempts_default)
      else exists (select from hera.inbound_requests_default) end
  from (
    select c.relname::text as parent, t.relid, t.n_live_tup, t.n_dead_tup,
      to_date(substring(t.relname from '_([0-9]{8})$'), 'YYYYMMDD') as day
    from pg_class c
    join pg_inherits i on i.inhparent = c.oid
    join pg_stat_all_tables t on t.relid = i.inhrelid
    where c.relnamespace = 'hera'::regnamespace and c.relname in ('events', 'attempts', 'inbound_requests') and c.relkind = 'p') p
  group by p.parent;
end
$$;
grant execute on function hera_internal.partition_health() to hera_owner, hera_view, hera_dba;
comment on function hera_internal.partition_health() is 'Partitions of the tables that have one a day.';
