-- public.hera_monitor_queues, hera_monitor_partitions, hera_monitor_snapshots: the database's own health. It spans organizations, so it is
-- for hera_dba alone; hera_monitor_database_v1 answers the same.
create or replace view public.hera_monitor_queues as
select q.* from hera_internal.queue_health() q;
grant select on public.hera_monitor_queues to hera_dba;
comment on view public.hera_monitor_queues is 'Rows, age, dead rows and size of the tables that deliveries pass through.';

create or replace view public.hera_monitor_partitions as
select p.* from hera_internal.partition_health() p;
grant select on public.hera_monitor_partitions to hera_dba;
comment on view public.hera_monitor_partitions is
  'Partitions of events and attempts: days ahead, rows, and whether a default partition holds rows.';

create or replace view public.hera_monitor_snapshots as
select s.* from hera_internal.snapshot_holders() s;
grant select on public.hera_monitor_snapshots to hera_dba;
comment on view public.hera_monitor_snapshots is 'Who keeps dead rows from being removed, the oldest first.';
