-- hera_internal.drop_partition: drop one day of events or attempts; false where it is busy. SECURITY DEFINER: the owner of the tables
-- drops. Dropping locks the whole table for a moment, and everybody waits behind a waiting lock: so it is given up at once.
create or replace function hera_internal.drop_partition(p_parent text, p_day date)
returns boolean
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
set lock_timeout = '100ms'
as $$
begin
  execute format('drop table hera.%I', p_parent || '_' || to_char(p_day, 'YYYYMMDD'));
  return true;
exception
  when lock_not_available then
    return false;
end
$$;
grant execute on function hera_internal.drop_partition(text, date) to hera_worker_owner;
comment on function hera_internal.drop_partition(text, date) is 'Drops a day''s partition of events or attempts.';
