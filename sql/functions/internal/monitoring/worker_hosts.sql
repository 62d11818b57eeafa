-- as hera_worker_owner
-- hera_internal.worker_hosts: the hosts that are connected, by the session in which each waits for notifications: it has one for each
-- role, named "<role> listener <machine>:<process>". Nothing is written for it, so that watching costs the queue nothing.
-- SECURITY DEFINER of the worker's owner, a member of pg_read_all_stats: others are not shown where a session comes from.
create or replace function hera_internal.worker_hosts()
returns table (host text, role text, address text, since timestamptz)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return query
  select split_part(a.application_name, ' listener ', 2), split_part(a.application_name, ' listener ', 1),
    host(a.client_addr), a.backend_start
  from pg_stat_activity a
  where a.datname = current_database() and a.application_name like '% listener %';
end
$$;
grant execute on function hera_internal.worker_hosts() to hera_owner, hera_dba;
comment on function hera_internal.worker_hosts() is 'Connected hosts, by role.';
