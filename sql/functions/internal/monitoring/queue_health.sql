-- as hera_worker_owner
-- hera_internal.queue_health: the tables that deliveries pass through: their rows, since when the oldest stands there, dead rows, size.
-- Rows of the queues are counted; those of dead_letters are the statistics' estimate. SECURITY DEFINER: the worker's owner sees every
-- organization. For hera_dba, through the view hera_monitor_queues, and hera_monitor_database_v1.
create or replace function hera_internal.queue_health()
returns table (table_name text, row_count bigint, oldest_at timestamptz, dead_rows bigint, bytes bigint, last_vacuum_at timestamptz)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return query
  with queue (name, row_count, oldest_at) as (
    select 'outbox_ready', (select count(*) from hera.outbox_ready),
      (select hera_internal.id_time(r.delivery_id) from hera.outbox_ready r order by r.position limit 1)
    union all
    select 'outbox_scheduled', count(*), min(s.due_at) from hera.outbox_scheduled s
    union all
    select 'outbox_leases', count(*), min(l.leased_at) from hera.outbox_leases l
    union all
    select 'outbox_fifo_wait', (select count(*) from hera.outbox_fifo_wait),
      (select hera_internal.id_time(f.delivery_id) from hera.outbox_fifo_wait f order by f.position limit 1)
    union all
    select 'outbox_fifo_lane', count(*), null from hera.outbox_fifo_lane
    union all
    select 'dead_letters', null, null
  )
  select q.name, coalesce(q.row_count, t.n_live_tup), q.oldest_at, t.n_dead_tup, pg_total_relation_size(t.relid),
    greatest(t.last_vacuum, t.last_autovacuum)
  from queue q
  join pg_stat_all_tables t on t.schemaname = 'hera' and t.relname = q.name;
end
$$;
grant execute on function hera_internal.queue_health() to hera_owner, hera_view, hera_dba;
comment on function hera_internal.queue_health() is 'Rows, age and dead rows of the outbox tables.';
