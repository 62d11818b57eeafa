-- hera_internal.sync_channel: bring the status of an installation's channel in step with the installation's. While one that is paused or
-- waits for its authorization can't call, its calls wait too; those of one that is uninstalled or in error do not.
create or replace function hera_internal.sync_channel(p_organization_id uuid, p_installation_id uuid)
returns void
language sql
as $$
  update hera.webhooks w
  set status = s.status, status_reason = case when s.status <> 'active' then 'The installation is ' || e.status || '.' end
  from hera.core_entities e
  cross join lateral (select case e.status when 'inactive' then 'inactive' when 'error' then 'disabled' else 'active' end as status) s
  where e.organization_id = p_organization_id and e.id = p_installation_id
    and w.organization_id = p_organization_id and w.id = p_installation_id and w.kind = 'channel' and w.status <> s.status;
$$;
comment on function hera_internal.sync_channel(uuid, uuid) is 'Status of a channel by its installation.';
