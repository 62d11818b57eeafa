-- hera_monitor_workers_v1: which hosts are there and what they hold. It spans organizations: for platform admins.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 guardrail ORG_FILTER_MISMATCH, filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_workers_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_limit int;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_workers_v1', 'CALL');
  if p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.guardrail('ORG_FILTER_MISMATCH',
      'Workers belong to the platform organization: pass 00000000-0000-0000-0000-000000000000.');
  end if;
  perform hera_internal.check_keys('filter', p_filter, array['limit']);
  v_limit := (hera_internal.list_filter(p_filter, '{}')).max_rows;
  return (
    with leases as materialized (
      -- A worker's name is the host's and a random part: a host that was started anew is another worker.
      select l.*, regexp_replace(l.worker, ':[0-9a-f]{32}$', '') as host from hera_internal.held_leases(100000) l
    ), hosts as materialized (
      select * from hera_internal.worker_hosts()
    )
    select jsonb_build_object(
      'success', true,
      'hosts', (
        select coalesce(jsonb_agg(jsonb_build_object('host', h.host, 'does', h.does, 'address', h.address, 'since', h.since,
          'leases', case when h.does = 'deliver' then (select count(*) from leases l where l.host = h.host) end,
          'in_flight', case when h.does = 'deliver' then (select coalesce(sum(l.deliveries), 0) from leases l where l.host = h.host) end)
          order by h.host, h.does), '[]')
        from hosts h),
      'leases', (
        select coalesce(jsonb_agg(jsonb_build_object('id', l.lease_id, 'worker', l.worker, 'host', l.host, 'leased_at', l.leased_at,
          'leased_until', l.leased_until, 'is_over', l.is_over, 'deliveries', l.deliveries, 'organizations', l.organizations,
          'connected', exists (select from hosts h where h.host = l.host)) order by l.leased_at, l.lease_id), '[]')
        from (select * from leases order by leased_at, lease_id limit v_limit) l),
      'in_flight', (select coalesce(sum(l.deliveries), 0) from leases l)));
end
$$;
revoke all on function public.hera_monitor_workers_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_workers_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_workers_v1(uuid, uuid, jsonb) is
$doc$The hosts that are connected and the batches that workers hold. For platform admins, with the platform's id as p_organization_id.

p_filter: {limit (1 to 1000 leases, default 50)}.
Answers {success, in_flight (deliveries that workers hold), hosts: [{host (machine:process), does (serve: API and pages; deliver), address, since,
leases, in_flight}], leases: [{id, worker, host, leased_at, leased_until, is_over (taken back by the next claim), deliveries, organizations (how
many), connected (its host is there)}]}, the oldest lease first. A host is known by the session in which it waits for notifications; leases and
in_flight are null of those that serve.
Errors: PT400 guardrail_violation:ORG_FILTER_MISMATCH, filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_workers_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
