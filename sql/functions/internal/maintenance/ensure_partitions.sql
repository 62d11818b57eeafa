-- hera_internal.ensure_partitions: a partition a day of events, attempts and inbound requests, from yesterday to p_days ahead.
-- Each table also has a default partition, so a missed maintenance loses nothing: rows that fell into it are moved when the day's
-- partition is made. SECURITY DEFINER, since only the owner of the tables may make partitions. Answers how many were made.
create or replace function hera_internal.ensure_partitions(p_today date, p_days int default 14)
returns int
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_made int := 0;
  v_day date;
  v_parent text;
  v_name text;
  v_from text;
  v_to text;
  v_key text;
begin
  -- Two maintainers at once would both make the same partition.
  perform pg_advisory_xact_lock(hashtextextended('hera.ensure_partitions', 0));
  foreach v_parent in array array['events', 'attempts', 'inbound_requests']
  loop
    for v_day in select d::date from generate_series(p_today - 1, p_today + p_days, interval '1 day') d
    loop
      v_name := v_parent || '_' || to_char(v_day, 'YYYYMMDD');
      continue when to_regclass('hera.' || v_name) is not null;
      if v_parent <> 'attempts' then
        v_key := 'id';
        v_from := hera_internal.id_floor(v_day::timestamp at time zone 'UTC')::text;
        v_to := hera_internal.id_floor((v_day + 1)::timestamp at time zone 'UTC')::text;
      else
        v_key := 'started_at';
        v_from := (v_day::timestamp at time zone 'UTC')::text;
        v_to := ((v_day + 1)::timestamp at time zone 'UTC')::text;
      end if;
      execute format('create table hera.%I (like hera.%I including defaults including constraints including storage)', v_name, v_parent);
      -- FORCE would hide the rows of the default partition from their owner, who moves them.
      execute format('alter table hera.%I no force row level security', v_parent || '_default');
      execute format(
        'with moved as (delete from hera.%1$I where %2$I >= %3$L and %2$I < %4$L returning *) insert into hera.%5$I select * from moved',
        v_parent || '_default', v_key, v_from, v_to, v_name);
      execute format('alter table hera.%I enable row level security, force row level security', v_name);
      execute format('alter table hera.%I enable row level security, force row level security', v_parent || '_default');
      execute format('alter table hera.%I attach partition hera.%I for values from (%L) to (%L)', v_parent, v_name, v_from, v_to);
      v_made := v_made + 1;
    end loop;
  end loop;
  return v_made;
end
$$;
grant execute on function hera_internal.ensure_partitions(date, int) to hera_worker_owner;
comment on function hera_internal.ensure_partitions(date, int) is 'Makes the daily partitions ahead.';
