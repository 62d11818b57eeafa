-- as hera_worker_owner
-- hera_internal.connection_health: connections of this database by what they do. complete is false where the state of other people's
-- sessions is hidden, since the worker's owner is no member of pg_read_all_stats; total is right all the same.
create or replace function hera_internal.connection_health()
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return (
    select jsonb_build_object(
      'complete', pg_has_role('pg_read_all_stats', 'usage'), 'max', current_setting('max_connections')::int, 'total', count(*),
      'active', count(*) filter (where a.state = 'active'), 'idle', count(*) filter (where a.state = 'idle'),
      'idle_in_transaction', count(*) filter (where a.state like 'idle in transaction%'),
      'waiting_for_locks', count(*) filter (where a.wait_event_type = 'Lock'),
      'oldest_transaction_seconds', round(extract(epoch from clock_timestamp() - min(a.xact_start)), 3))
    from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid());
end
$$;
grant execute on function hera_internal.connection_health() to hera_owner, hera_dba;
comment on function hera_internal.connection_health() is 'Connections of the database.';
