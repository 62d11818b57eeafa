-- hera_monitor_database_v1: connections, queues, partitions and held snapshots of the database. It spans organizations: for
-- platform admins.
-- Caller: API, DBA.  Writes: nothing of its own.  Errors: PT400 guardrail ORG_FILTER_MISMATCH, filter.invalid, filter.unknown; PT401; PT403
create or replace function public.hera_monitor_database_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_limit int;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_database_v1', 'CALL');
  if p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.guardrail('ORG_FILTER_MISMATCH',
      'The database belongs to the platform organization: pass 00000000-0000-0000-0000-000000000000.');
  end if;
  perform hera_internal.check_keys('filter', p_filter, array['limit']);
  v_limit := (hera_internal.list_filter(p_filter, '{}')).max_rows;
  return jsonb_build_object(
    'success', true,
    'bytes', pg_database_size(current_database()),
    'connections', hera_internal.connection_health(),
    'queues', (select jsonb_agg(to_jsonb(q) order by q.table_name) from hera_internal.queue_health() q),
    'partitions', (select jsonb_agg(to_jsonb(p) order by p.table_name) from hera_internal.partition_health() p),
    'snapshots', (
      select jsonb_build_object('oldest_xmin_age', max(h.xmin_age),
        'holders', coalesce(jsonb_agg(to_jsonb(h) order by h.xmin_age desc, h.since) filter (where h.nth <= v_limit), '[]'))
      from (
        select s.*, row_number() over (order by s.xmin_age desc, s.since) as nth from hera_internal.snapshot_holders() s) h),
    'rollups', (select to_jsonb(s) - 'one_row' from hera.rollup_state s));
end
$$;
revoke all on function public.hera_monitor_database_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_monitor_database_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_monitor_database_v1(uuid, uuid, jsonb) is
$doc$How the database is. For platform admins, with the platform's id as p_organization_id.

p_filter: {limit (1 to 1000 snapshot holders, default 50)}.
Answers {success, bytes, connections: {complete, max, total, active, idle, idle_in_transaction, waiting_for_locks,
oldest_transaction_seconds}, queues: [{table_name, row_count, oldest_at, dead_rows, bytes, last_vacuum_at}], partitions: [{table_name,
partitions, first_day, last_day, days_ahead, estimated_rows, dead_rows, bytes, default_holds_rows}], snapshots: {oldest_xmin_age (in
transactions), holders: [{kind (session, replication slot, prepared transaction), name, application, state, since, xmin_age}]},
rollups: {final_before, complete_before, counted_at}}.
connections.complete is false where the states and snapshots of other sessions are hidden: grant pg_read_all_stats to hera_worker_owner.
Errors: PT400 guardrail_violation:ORG_FILTER_MISMATCH, filter.invalid, filter.unknown; PT401; PT403.

select hera_monitor_database_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
