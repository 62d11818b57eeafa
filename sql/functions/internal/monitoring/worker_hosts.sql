-- as hera_worker_owner
-- hera_internal.worker_hosts: the hosts that are connected, by the sessions in which each waits for notifications, named "<channel> listener
-- <machine>:<process>": of identities (it serves API and pages) and of the outbox (it delivers). Nothing is written for it, so that watching costs the queue nothing.
-- SECURITY DEFINER of the worker's owner, a member of pg_read_all_stats: others are not shown where a session comes from.
create or replace function hera_internal.worker_hosts()
returns table (host text, does text, address text, since timestamptz)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return query
  select split_part(a.application_name, ' listener ', 2), case split_part(a.application_name, ' listener ', 1) when 'hera_outbox' then 'deliver' else 'serve' end,
    host(a.client_addr), a.backend_start
  from pg_stat_activity a
  where a.datname = current_database() and a.application_name like 'hera\_% listener %';
end
$$;
grant execute on function hera_internal.worker_hosts() to hera_owner, hera_dba;
comment on function hera_internal.worker_hosts() is 'Connected hosts, by what they do.';
