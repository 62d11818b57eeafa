-- as hera_worker_owner
-- hera_internal.monitor_everywhere: hera_internal.monitor_figures of every organization.
-- SECURITY DEFINER of the worker's owner, whose policies show every organization; only hera_internal.monitor may call it, and does for
-- platform admins alone.
create or replace function hera_internal.monitor_everywhere(p_what text, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return hera_internal.monitor_figures(p_what, null, p_filter);
end
$$;
grant execute on function hera_internal.monitor_everywhere(text, hera_internal.monitor_filter) to hera_owner;
comment on function hera_internal.monitor_everywhere(text, hera_internal.monitor_filter) is 'Figures of all organizations.';
