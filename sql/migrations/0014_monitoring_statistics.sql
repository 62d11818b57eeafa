-- as login
-- Sessions of others show what they hold back (backend_xmin) only to members of pg_read_all_stats. A login that may not grant it
-- leaves held snapshots out of hera_monitor_database_v1, which says so.
do $$
begin
  grant pg_read_all_stats to hera_worker_owner;
exception
  when insufficient_privilege then
    raise notice 'hera_monitor_database_v1 will not show held snapshots: an administrator may grant pg_read_all_stats to hera_worker_owner';
end
$$;
