-- as hera_worker_owner
-- hera_internal.snapshot_holders: who keeps dead rows from being removed, the oldest first: sessions with an old snapshot, replication
-- slots, prepared transactions. xmin_age counts transactions.
-- SECURITY DEFINER of the worker's owner, a member of pg_read_all_stats: others are not shown what a session holds.
create or replace function hera_internal.snapshot_holders()
returns table (kind text, name text, application text, state text, since timestamptz, xmin_age int)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return query
  select h.*
  from (
    select 'session', coalesce(a.usename::text, a.backend_type) || ' (' || a.pid || ')', a.application_name, a.state, a.xact_start,
      age(coalesce(a.backend_xmin, a.backend_xid))
    from pg_stat_activity a
    where coalesce(a.backend_xmin, a.backend_xid) is not null and a.pid <> pg_backend_pid()
      and (a.datname = current_database() or a.datname is null)
    union all
    select 'replication slot', s.slot_name::text, null, case when s.active then 'active' else 'inactive' end, null,
      greatest(age(s.xmin), age(s.catalog_xmin))
    from pg_replication_slots s
    where s.xmin is not null or s.catalog_xmin is not null
    union all
    select 'prepared transaction', p.gid, null, null, p.prepared, age(p.transaction)
    from pg_prepared_xacts p
    where p.database = current_database()) h (kind, name, application, state, since, xmin_age)
  order by h.xmin_age desc, h.since;
end
$$;
grant execute on function hera_internal.snapshot_holders() to hera_owner, hera_view, hera_dba;
comment on function hera_internal.snapshot_holders() is 'Sessions, slots and transactions that hold dead rows.';
